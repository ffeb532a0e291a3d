// 修改价格: the prices of a product's SKUs in a dialog.

import { html, post, useEffect, useState, yuan } from './kit.js'

const { App, InputNumber, Modal, Table } = window.antd

const columns = (row, prices, put) => [
  { title: '配置', dataIndex: 'spec' },
  {
    title: '价格', width: 130, render: (_, sku) => html`
      <${InputNumber} prefix="￥" min=${0} precision=${2} controls=${false}
        value=${prices[sku.sku_id] ?? sku.price / 100}
        onChange=${(value) => put(sku.sku_id, value)} />`,
  },
  { title: '到手价', width: 100, render: (_, sku) => `￥${yuan(sku.price)}` },
  { title: 'SKUID', dataIndex: 'sku_id', width: 160 },
  { title: '商家编码', dataIndex: 'sku_code', width: 160, render: (code) => code || '-' },
  { title: '预览图', width: 72, render: () => html`<img className="preview" src=${row.img} alt="" />` },
  {
    title: 'SKU状态', width: 88,
    render: (_, sku) => (sku.total_stock_num > 0 ? '正常' : '已售罄'),
  },
]

export function PriceModal({ row, onClose, onSaved }) {
  const { message } = App.useApp()
  const [skus, setSkus] = useState([])
  const [prices, setPrices] = useState({}) // SKU id to 元, of those that were touched
  const [busy, setBusy] = useState(false)

  useEffect(() => {
    setSkus([])
    setPrices({})
    if (!row) return
    post('/stock/manage/detail', { product_id: row.product_id }).then((answer) => {
      if (answer.code === 0) setSkus(answer.data.sku_detail_list)
      else message.error(answer.msg)
    })
  }, [row])

  async function save() {
    const list = Object.entries(prices)
      .map(([sku_id, price]) => ({ sku_id, price: Math.round(price * 100) }))
    if (list.some(({ price }) => !price)) return message.error('请填写价格')
    if (!list.length) return onClose()
    setBusy(true)
    const body = { product_id: row.product_id, sku_list: list }
    const answer = await post('/product/tproduct/editPrice', body)
    setBusy(false)
    if (answer.code !== 0) return message.error(`保存失败：${answer.msg}`)
    message.success('保存成功')
    onClose()
    return onSaved()
  }

  const put = (id, value) => setPrices((old) => ({ ...old, [id]: value }))
  return html`
    <${Modal} title="修改价格" open=${Boolean(row)} width=${920} okText="确定" cancelText="取消"
      onOk=${save} onCancel=${onClose} confirmLoading=${busy} destroyOnClose>
      <${Table} size="small" rowKey="sku_id" columns=${row ? columns(row, prices, put) : []}
        dataSource=${skus} loading=${Boolean(row) && !skus.length} pagination=${false}
        scroll=${{ y: 400 }} />
    <//>`
}
