// What every page uses: React and Ant Design under short names, and a few helpers.
//
// There is no build step. `html` turns tagged text into React elements:
//   html`<${Button} type="primary" onClick=${save}>保存<//>`
// is what JSX writes as <Button type="primary" onClick={save}>保存</Button>.

const { React, ReactDOM, antd, htm, dayjs } = window

export { React }

export const html = htm.bind(React.createElement)
export const { useState, useEffect, useRef, useCallback, useMemo, memo } = React
export const PAGE = window.PAGE // what the server put into the page: shop, account, build

dayjs.locale('zh-cn')

// The real site scopes its class names by a suffix that changes with each build.
export const css = (name) => `${name}__${PAGE.build}`

// What is written on a button or beside a field; after a "redesign" it may be another word.
export const label = (text) => PAGE.renamed[text] ?? text

// Whether this fault was drawn for this page load. It happens once, and is counted when it shows.
export function fault(name) {
  const at = PAGE.faults.indexOf(name)
  if (at < 0) return false
  PAGE.faults.splice(at, 1)
  const body = JSON.stringify({ name, path: window.location.pathname })
  fetch('/_practice/faults/fired', { method: 'POST', body })
  return true
}

// The page's own dice, from 0 to 1: loaded in the same order, a page does the same in every run.
let cast = PAGE.luck ?? 1
export function luck() {
  cast = (Math.imul(cast, 1664525) + 1013904223) >>> 0
  return cast / 2 ** 32
}

const THEME = {
  token: {
    colorPrimary: '#1966ff',
    colorText: '#252931',
    colorTextSecondary: '#565960',
    fontSize: 14,
    borderRadius: 4,
    colorBgLayout: '#f5f6f8',
    fontFamily: '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", sans-serif',
  },
  components: { Message: { zIndexPopup: 1010 } }, // as on the real site, just above a modal
}

// One Ant Design kit under a class prefix, with its own toasts and dialogs.
export function Kit({ prefix, children }) {
  return html`
    <${antd.ConfigProvider} prefixCls=${prefix} locale=${antd.locales.zh_CN} theme=${THEME}>
      <${antd.App} message=${{ duration: 3 }}>${children}<//>
    <//>`
}

export function show(element) {
  ReactDOM.createRoot(document.getElementById('app')).render(element)
}

const LOST = { code: -1, msg: '网络异常', data: null } // the connection broke
const BUSY = { code: -1, msg: '系统繁忙', data: null } // somebody else answered: a gateway

// Every XHR of the store answers {code, msg, data}; when it does not, this says what a page can say.
export async function askPlainly(url, options) {
  try {
    const response = await fetch(url, options)
    return response.status < 500 ? await response.json() : BUSY
  } catch {
    return LOST
  }
}

// A lost session leads to the login page. A captcha is solved first, then the request goes out anew.
async function ask(url, options) {
  const answer = await askPlainly(url, options)
  if (answer.code === 1105) {
    await new Promise((solved) => {
      window.addEventListener('captcha-solved', solved, { once: true })
      window.dispatchEvent(new Event('captcha-asked'))
    })
    return ask(url, options)
  }
  if (answer.code === 10008) {
    const here = window.location.pathname + window.location.search
    window.location.assign(`/login/common?extra=${encodeURIComponent(here)}`)
    await new Promise(() => {}) // the page is leaving: nobody must see this answer
  }
  return answer
}

export const get = (url, params = {}) => ask(`${url}?${new URLSearchParams(params)}`)

export const post = (url, body) =>
  ask(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  })

export const postFile = (url, file) => ask(url, { method: 'POST', body: file })

// On the real site a select's box names the class of its popup.
let popups = 0
export function usePopupName() {
  const [name] = useState(() => `auto-dropdown-id-${++popups}`)
  return { dropdownclassname: name, popupClassName: name }
}

// Inside the backend pages change without loading the document again.
export function go(address) {
  window.history.pushState(null, '', address)
  window.dispatchEvent(new Event('popstate'))
}

export const yuan = (fen) => (fen / 100).toFixed(2)

export const time = (seconds) => dayjs(seconds * 1000).format('YYYY/MM/DD HH:mm:ss')
