// /ffa/morder/logistics/delivery?order_id=: 发货 of one order.

import { get, go, html, post, useEffect, usePopupName, useState } from './kit.js'
import { useOrder } from './order_ask.js'
import { Amounts, Products, Receiver } from './order_rows.js'

const { App, Button, Card, Checkbox, Form, Input, Result, Select, Spin } = window.antd

const addressText = (one) => `${one.receiver_name} ${one.mobile} ${[...new Set(
  [one.province.name, one.city.name, one.town.name, one.street.name])].join('')}${one.detail}`

// The carriers and the address book, as the selects of the form want them.
function useChoices() {
  const { message } = App.useApp()
  const [choices, setChoices] = useState(null)
  useEffect(() => {
    const asked = [get('/api/order/logisticsCompanyList'),
      get('/shopuser/address/list', { page: 1, pageSize: 100 })]
    Promise.all(asked).then(([carriers, book]) => {
      const bad = [carriers, book].find(({ code }) => code !== 0)
      if (bad) return message.error(bad.msg)
      return setChoices({
        carriers: carriers.data.map(({ code, name }) => ({ value: code, label: name })),
        book: book.data.map((one) => ({ value: one.address_id, label: addressText(one) })),
        from: book.data.find((one) => one.is_send_default)?.address_id,
        back: book.data.find((one) => one.is_default)?.address_id,
      })
    })
  }, [])
  return choices
}

const required = [{ required: true, message: '必填' }]
const choice = (name, text, options, more) => html`
  <${Form.Item} name=${name} label=${text} ...${more}>
    <${Select} ...${usePopupName()} options=${options} placeholder="请选择" showSearch
      optionFilterProp="label" />
  <//>`

function ShipForm({ order, choices }) {
  const { message } = App.useApp()
  const [busy, setBusy] = useState(false)
  const [key] = useState(() => `${order.shop_order_id}-${Date.now()}`)

  async function ship({ company, number, from, back, parts, rejects }) {
    setBusy(true)
    const whole = !parts || parts.length === order.product_item.length
    const answer = await post('/api/order/logisticsAdd', {
      order_ids: [order.shop_order_id],
      company_code: company ?? '',
      logistics_code: number?.trim() ?? '',
      address_id: from ?? 0,
      after_sale_address_id: back ?? 0,
      request_id: key,
      is_reject_refund: Boolean(rejects),
      sku_order_ids: whole ? [] : parts,
    })
    setBusy(false)
    if (answer.code !== 0) return message.error(answer.msg)
    message.success('发货成功')
    return go(`/ffa/order/detail?order_id=${order.shop_order_id}`)
  }

  const left = order.product_item.filter((one) => !one.shipped)
  const parts = left.map((one) => ({
    value: one.sku_order_id, label: `${one.sku_spec || one.product_name} x${one.combo_num}`,
  }))
  return html`
    <${Form} className="ship-form" labelCol=${{ span: 4 }} wrapperCol=${{ span: 14 }} onFinish=${ship}
      initialValues=${{ from: choices.from, back: choices.back, parts: parts.map((one) => one.value) }}>
      ${parts.length > 1 && html`
        <${Form.Item} name="parts" label="发货商品" rules=${required}>
          <${Checkbox.Group} options=${parts} /><//>`}
      ${choice('company', '物流公司', choices.carriers, { rules: required })}
      <${Form.Item} name="number" label="运单号" rules=${required}>
        <${Input} placeholder="请输入快递单号" allowClear />
      <//>
      ${choice('from', '发货地址', choices.book)}
      ${choice('back', '退货地址', choices.book)}
      ${order.after_sale_info.after_sale_text && html`
        <${Form.Item} name="rejects" valuePropName="checked" wrapperCol=${{ offset: 4 }}>
          <${Checkbox}>拒绝退款并发货<//><//>`}
      <${Form.Item} wrapperCol=${{ offset: 4 }}>
        <${Button} type="primary" htmlType="submit" loading=${busy}>确认发货<//>
      <//>
    <//>`
}

export function OrderShipPage({ params }) {
  const orderId = params.get('order_id') ?? ''
  const [order] = useOrder(orderId)
  const choices = useChoices()
  if (!orderId) return html`<${Result} status="404" title="订单不存在" />`
  if (!order || !choices) return html`<${Spin} className="page-spin" />`
  return html`
    <div className="page">
      <div className="page-title"><h2>发货</h2></div>
      <${Card} className="card" title=${`订单编号 ${order.shop_order_id}`}>
        <div className="detail-goods"><div><${Products} order=${order} /></div>
          <div><${Amounts} order=${order} /></div><div><${Receiver} order=${order} /></div></div>
      <//>
      <${Card} className="card" title="物流信息">
        <${ShipForm} key=${order.shop_order_id} order=${order} choices=${choices} />
      <//>
    </div>`
}
