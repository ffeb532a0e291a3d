// /ffa/g/create: 商品创建, and with ?product_id=… the edit page of a product.
// ?copyid=… begins with a copy of a product, ?draft_id=… with a draft of the 草稿箱.

import { get, go, html, useEffect, useState } from './kit.js'
import { DraftPrompt } from './goods_drafts.js'
import { FirstStep } from './goods_first_step.js'
import { GoodsForm } from './goods_form.js'
import { copyOf, emptyProduct, fromDetail, withSchema } from './goods_product.js'
import { productState } from './goods_state.js'

const { App, Spin } = window.antd

const askSchema = (leafId) => get('/product/tproduct/getSchema', { category_leaf_id: leafId })

// After a reset the page is an empty create form, as if it had been loaded anew.
export function GoodsCreatePage({ params }) {
  const editedId = params.get('product_id')
  const copiedId = params.get('copyid')
  const draftId = params.get('draft_id')
  const [visit, setVisit] = useState(0)
  const isPlain = !(editedId || copiedId || draftId)
  const reset = () => (isPlain ? setVisit(visit + 1) : go('/ffa/g/create'))
  return html`
    <${CreatePage} key=${visit} editedId=${editedId} copiedId=${copiedId} draftId=${draftId}
      onReset=${reset} />`
}

function CreatePage({ editedId, copiedId, draftId, onReset }) {
  const { message } = App.useApp()
  const [form] = useState(() => productState(emptyProduct()))
  const [loaded, setLoaded] = useState({ step: 1, reasons: {} })

  const openedId = editedId ?? copiedId

  async function openProduct() {
    const answer = await get('/product/tproduct/detail', { product_id: openedId })
    if (answer.code !== 0) return message.error(answer.msg)
    if (editedId) await show(fromDetail(answer.data), answer.data.audit_reason)
    else await show(copyOf(answer.data))
  }

  async function openDraft() {
    const answer = await get('/product/tproduct/draftDetail', { draft_id: draftId })
    if (answer.code !== 0) return message.error(answer.msg)
    useDraft(answer.data)
  }

  async function show(product, reasons = {}) {
    const answer = await askSchema(product.category.id)
    if (answer.code !== 0) return message.error(answer.msg)
    form.replace(withSchema(product, answer.data), answer.data)
    // A new turn mounts the fields anew: some keep what they once asked the server.
    setLoaded((old) => ({ step: 2, reasons, turn: (old.turn ?? 0) + 1 }))
  }

  function useDraft(detail) {
    const product = fromDetail(detail)
    if (product.category) show(product)
    else form.replace(product)
  }

  useEffect(() => {
    if (draftId) openDraft()
    else if (openedId) openProduct()
  }, [])

  return html`
    ${!copiedId && !draftId && html`<${DraftPrompt} editedId=${editedId} onUse=${useDraft} />`}
    ${loaded.step === 2 && html`
      <${GoodsForm} key=${loaded.turn} form=${form} editedId=${editedId} reasons=${loaded.reasons}
        onReset=${onReset} />`}
    ${loaded.step === 1 && openedId && html`<${Spin} className="page-spin" size="large" />`}
    ${loaded.step === 1 && !openedId && html`
      <${FirstStep} form=${form} nextStep=${() => show(form.state.product)} />`}`
}
