// /ffa/g/create: 商品创建, and with ?product_id=… the edit page of a product.

import { get, html, useCallback, useEffect, useState } from './kit.js'
import { FirstStep } from './goods_first_step.js'
import { GoodsForm } from './goods_form.js'
import { emptyProduct, fromDetail } from './goods_product.js'

const { App, Spin } = window.antd

// The product being filled in, and set('title', …) to change one part of it.
function useProduct() {
  const [product, setProduct] = useState(emptyProduct)
  const set = useCallback((part, value) => {
    setProduct((old) => ({
      ...old,
      [part]: typeof value === 'function' ? value(old[part], old) : value,
    }))
  }, [])
  return [product, setProduct, set]
}

const askSchema = (leafId) => get('/product/tproduct/getSchema', { category_leaf_id: leafId })

export function GoodsCreatePage({ params }) {
  const { message } = App.useApp()
  const editedId = params.get('product_id')
  const [product, setProduct, set] = useProduct()
  const [schema, setSchema] = useState(null)

  async function open() {
    const detail = await get('/product/tproduct/detail', { product_id: editedId })
    if (detail.code !== 0) return message.error(detail.msg)
    const answer = await askSchema(detail.data.category_leaf_id)
    setProduct(fromDetail(detail.data, answer.data.spec_names))
    setSchema(answer.data)
  }

  async function nextStep() {
    const answer = await askSchema(product.category.id)
    set('specs', answer.data.spec_names.map((name) => ({ name, values: [] })))
    setSchema(answer.data)
  }

  useEffect(() => {
    if (editedId) open()
  }, [])

  if (schema) {
    return html`<${GoodsForm} product=${product} set=${set} schema=${schema} editedId=${editedId} />`
  }
  if (editedId) return html`<${Spin} className="page-spin" size="large" />`
  return html`<${FirstStep} product=${product} set=${set} nextStep=${nextStep} />`
}
