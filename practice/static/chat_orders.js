// The right side of 飞鸽: the buyer's orders.

import { html, time, yuan } from './kit.js'

const { Button, Collapse, Empty, Tabs } = window.antd

const Card = ({ order }) => html`
  <div className="chat-order">
    ${order.product_item.map((one) => html`
      <div key=${one.sku_order_id}>${one.product_name}
        <span className="quiet"> ${one.sku_spec} x${one.combo_num}</span></div>`)}
    <div>实付 ¥${yuan(order.pay_amount)}</div>
    <div className="quiet">下单时间 ${time(order.create_time)}</div>
    ${order.remark && html`<div>备注：${order.remark}</div>`}
    <a target="_blank" href=${`/ffa/order/detail?order_id=${order.shop_order_id}`}>订单详情</a>
  </div>`

function Orders({ talk }) {
  if (!talk.orders.length) return html`<${Empty} description="暂无订单" />`
  const items = talk.orders.map((order) => ({
    key: order.shop_order_id,
    label: `${order.shop_order_id} ${order.order_status_info.order_status_text}`,
    children: html`<${Card} order=${order} />`,
  }))
  return html`<${Collapse} items=${items} defaultActiveKey=${items[0].key} size="small" />`
}

export const ChatOrders = ({ talk }) => html`
  <${Tabs} size="small" items=${[
    { key: 'orders', label: '订单', children: html`<${Orders} talk=${talk} />` },
    { key: 'invite', label: '邀请下单', children: html`<${Button} disabled>邀请下单<//>` },
  ]} />`
