// The older pages run in a sub-app of their own: Vue 2 with Element UI, class prefix `el`.

import { onBeforeUnmount, onMounted, ref } from 'vue'
import { PAGE } from './kit.js'

const at = `/libraries/${PAGE.edition}`
let vue2 // of the sub-app; loaded when one of its pages is first opened

function add(tag, fields) {
  const element = Object.assign(document.createElement(tag), fields)
  return new Promise((resolve, reject) => {
    Object.assign(element, { onload: resolve, onerror: reject })
    document.head.append(element)
  })
}

async function load() {
  const ours = window.Vue
  await Promise.all([
    add('link', { rel: 'stylesheet', href: `/styles/${PAGE.edition}-el.css` }),
    add('script', { src: `${at}/vue2/vue.min.js` }),
  ])
  await add('script', { src: `${at}/element-ui/index.js` }) // it installs itself into window.Vue
  const theirs = window.Vue
  window.Vue = ours
  return theirs
}

export const SubApp = {
  setup() {
    const place = ref(null)
    let running
    onMounted(async () => {
      vue2 ??= load()
      const [Vue, { authShopPage }] = await Promise.all([vue2, import('./auth_shop.js')])
      if (place.value) running = new Vue(authShopPage).$mount(place.value)
    })
    onBeforeUnmount(() => running?.$destroy())
    return { place }
  },
  template: `
    <div id="subAppContainer">
      <div id="__qiankun_microapp_wrapper_for_earth_web__" data-name="earth-web" data-version="2.10.16">
        <div ref="place"></div>
      </div>
    </div>`,
}
