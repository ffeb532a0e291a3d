// /ffa/order/detail?order_id=: one order with all that is known of it.

import { go, html, time, useState, yuan } from './kit.js'
import { useOrder } from './order_ask.js'
import { RemarkDialog } from './order_remark.js'
import { Amounts, ChatLink, Flag, Products, Receiver, timeLeft } from './order_rows.js'

const { Button, Card, Descriptions, Result, Spin, Table } = window.antd

const moment = (seconds) => (seconds ? time(seconds) : '-')

function facts(order) {
  const rows = [
    ['订单编号', order.shop_order_id],
    ['订单状态', order.order_status_info.order_status_text],
    ['售后状态', order.after_sale_info.after_sale_text || '-'],
    ['下单时间', moment(order.create_time)],
    ['支付时间', moment(order.pay_time)],
    ['预计发货时间', `${moment(order.exp_ship_time)} ${timeLeft(order)}`],
    ['买家', html`${order.user_nickname} <${ChatLink} order=${order} />`],
    ['实付', `¥${yuan(order.pay_amount)}（运费 ¥${yuan(order.post_amount)}）`],
    ['买家留言', order.user_remark || '-'],
  ]
  return rows.map(([label, children]) => ({ key: label, label, children }))
}

const PARCELS = [
  { title: '运单号', dataIndex: 'logistics_code' },
  { title: '物流公司', dataIndex: 'company_name' },
  { title: '发货时间', dataIndex: 'ship_time', render: moment },
]

export function OrderDetailPage({ params }) {
  const orderId = params.get('order_id') ?? ''
  const [order, again] = useOrder(orderId)
  const [remarking, setRemarking] = useState(null)
  if (!orderId) return html`<${Result} status="404" title="订单不存在" />`
  if (!order) return html`<${Spin} className="page-spin" />`
  const ship = () => go(`/ffa/morder/logistics/delivery?order_id=${orderId}`)
  return html`
    <div className="page">
      <div className="page-title"><h2>订单详情</h2>
        ${[2, 101].includes(order.order_status)
          && html`<${Button} type="primary" onClick=${ship}>发货<//>`}
      </div>
      <${Card} className="card"><${Descriptions} column=${3} items=${facts(order)} />
        <div className="detail-remark"><${Flag} star=${order.star} />
          订单备注：${order.remark || '-'} <a onClick=${() => setRemarking(order)}>修改</a></div>
      <//>
      <${Card} className="card" title="商品信息">
        <div className="detail-goods"><div><${Products} order=${order} /></div>
          <div><${Amounts} order=${order} /></div></div>
      <//>
      <${Card} className="card" title="收货信息"><${Receiver} order=${order} /><//>
      <${Card} className="card" title="物流信息">
        <${Table} size="small" rowKey="logistics_code" columns=${PARCELS} dataSource=${order.logistics}
          pagination=${false} />
      <//>
      <${RemarkDialog} order=${remarking} onClose=${() => setRemarking(null)} onSaved=${again} />
    </div>`
}
