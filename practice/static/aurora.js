// Ant Design 6 beside the 5 of the page, for the few fields that are newer than the rest.
//
//   const antd6 = await loadAntd6()
//   html`<${antd6.ConfigProvider} prefixCls="aurora"><${antd6.Select} … /><//>`

let loading = null

// Fetched and read (1.8 MB) on the first call only; window.antd stays what it was.
export function loadAntd6() {
  loading ??= new Promise((resolve, reject) => {
    const five = window.antd
    const script = document.createElement('script')
    script.src = addressOfAntd().replace('/antd/', '/antd6/')
    script.onload = () => {
      const six = window.antd
      window.antd = five
      resolve(six)
    }
    script.onerror = () => {
      loading = null // the next call tries again
      reject(new Error(`${script.src} did not load`))
    }
    document.head.append(script)
  })
  return loading
}

// Both lie in the same set of libraries; only the page knows its address.
function addressOfAntd() {
  return document.querySelector('script[src*="/antd/antd-with-locales"]').src
}
