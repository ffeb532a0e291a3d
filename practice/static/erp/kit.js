// What every page uses: Vue with Element Plus under the prefix `jx`, and a few helpers.
//
// There is no build step: a component is an object with a `template`, compiled in the browser.

import { createApp, ref } from 'vue'

const { ElementPlus, ElementPlusLocaleZhCn } = window

export const PREFIX = 'jx'
export const PAGE = window.PAGE // what the server put into the page: who is logged in, faults

export const { ElMessage, ElMessageBox } = ElementPlus

export function show(component) {
  const root = {
    components: { Page: component },
    template: `<el-config-provider namespace="${PREFIX}"><page /></el-config-provider>`,
  }
  const app = createApp(root)
  app.use(ElementPlus, { namespace: PREFIX, locale: ElementPlusLocaleZhCn })
  app.mount('#main-app')
}

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

const LOST = { result: 'fail', reason: '网络异常，请检查网络后重试' } // the connection broke
const BUSY = { result: 'fail', reason: '系统繁忙，请稍后再试' } // a gateway answered

// Every XHR is a form that is posted; what counts is `result` in the body, not HTTP 200.
export async function post(url, fields = {}) {
  let answer
  try {
    const response = await fetch(url, { method: 'POST', body: new URLSearchParams(fields) })
    answer = response.status < 500 ? await response.json() : BUSY
  } catch {
    answer = LOST
  }
  if (answer.code === 10008) {
    const here = window.location.pathname + window.location.search
    window.location.assign(`/?redirect=${encodeURIComponent(here)}`)
    await new Promise(() => {}) // the page is leaving: nobody must see this answer
  }
  if (answer.result === 'success') return answer
  return { result: 'fail', ...answer, reason: answer.reason ?? answer.msg ?? '系统异常' }
}

export const RETURNS = '/api/order/return_address'
export const BOX = '/api/move/common_collect_box'
export const SHOPS = '/api/auth/shop'

// Says what came of a write, and whether it was done.
export function told(answer, done) {
  if (answer.result === 'success') ElMessage.success(done)
  else if (!answer.field) ElMessage.error(answer.reason)
  return answer.result === 'success'
}

// The path and query of the page we are on; pages of the shell change without a new document.
export const address = ref(window.location.pathname + window.location.search)
const follow = () => {
  address.value = window.location.pathname + window.location.search
}
window.addEventListener('popstate', follow)
export function go(to) {
  window.history.pushState(null, '', to)
  follow()
}

const two = (number) => String(number).padStart(2, '0')
export function time(seconds) {
  const at = new Date(seconds * 1000)
  const day = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join('-')
  return `${day} ${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`
}

export const yuan = (fen) => (fen / 100).toFixed(2)
