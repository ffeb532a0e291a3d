// /ffa/g/supply-bind?product_id=: 关联设置, which factory SKU each SKU of a product comes from.

import { get, go, html, post, useEffect, useState } from './kit.js'

const { App, Button, Card, Input, Result, Spin, Table } = window.antd

const FIELDS = [
  { name: 'offer', title: '货源链接', width: 300 },
  { name: 'supplier', title: '供应商', width: 200 },
  { name: 'factory_sku', title: '厂家SKU编号', width: 180 },
]

function useProduct(productId) {
  const { message } = App.useApp()
  const [product, setProduct] = useState(null)
  useEffect(() => {
    get('/product/supply/detail', { product_id: productId }).then((answer) => {
      if (answer.code === 0) setProduct(answer.data)
      else message.error(answer.msg)
    })
  }, [productId])
  return product
}

const columns = (changes, put) => [
  { title: '规格', dataIndex: 'spec' },
  { title: '商家编码', dataIndex: 'sku_code', width: 190, render: (code) => code || '-' },
  ...FIELDS.map(({ name, title, width }) => ({
    title,
    width,
    render: (_, sku) => html`
      <${Input} placeholder=${`请输入${title}`} maxLength=${200}
        value=${changes[sku.sku_id]?.[name] ?? sku[name]}
        onChange=${(event) => put(sku, name, event.target.value)} />`,
  })),
]

export function GoodsBindPage({ params }) {
  const { message } = App.useApp()
  const productId = params.get('product_id') ?? ''
  const product = useProduct(productId)
  const [changes, setChanges] = useState({}) // SKU id to its three fields, of those that were touched
  const [busy, setBusy] = useState(false)
  if (!productId) return html`<${Result} status="404" title="商品不存在" />`
  if (!product) return html`<${Spin} className="page-spin" />`

  function put(sku, name, value) {
    setChanges((old) => {
      const { offer, supplier, factory_sku } = old[sku.sku_id] ?? sku
      return { ...old, [sku.sku_id]: { offer, supplier, factory_sku, [name]: value } }
    })
  }

  async function save() {
    const sku_list = Object.entries(changes).map(([sku_id, fields]) => ({ sku_id, ...fields }))
    if (!sku_list.length) return message.warning('信息未修改')
    setBusy(true)
    const answer = await post('/product/supply/bind', { product_id: productId, sku_list })
    setBusy(false)
    if (answer.code !== 0) return message.error(`保存失败：${answer.msg}`)
    return message.success('保存成功')
  }

  return html`
    <div className="page">
      <div className="page-title"><h2>关联设置</h2></div>
      <${Card} className="card" title=${product.name}>
        <div className="bind-head quiet">商品ID: ${product.product_id}　商家编码：${product.merchant_code || '-'}</div>
        <${Table} size="small" rowKey="sku_id" columns=${columns(changes, put)}
          dataSource=${product.sku_list} pagination=${false} />
        <div className="bind-foot">
          <${Button} onClick=${() => go('/ffa/g/list')}>取消<//>
          <${Button} type="primary" loading=${busy} onClick=${save}>保存<//>
        </div>
      <//>
    </div>`
}
