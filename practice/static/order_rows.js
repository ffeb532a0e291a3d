// What stands in the rows of 订单管理, and what their links do.

import { css, get, go, html, post, time, useState, yuan } from './kit.js'

const { App } = window.antd

const [TO_SHIP, PARTLY] = [2, 101]
const DOTS = { 待支付: 'busy', 待发货: 'busy', 部分发货: 'busy', 已发货: 'good', 已完成: 'good' }
const TINTS = ['#b5b8bd', '#8a5cf6', '#14b8b8', '#1cb26b', '#ff9a27', '#f2453d']
const waits = ({ order_status: code }) => code === TO_SHIP || code === PARTLY

export const Flag = ({ star }) => html`
  <i className="flag" style=${{ color: TINTS[star] }} title="订单标记">⚑</i>`

export function copy(text, message) {
  navigator.clipboard?.writeText(text).catch(() => {})
  message.success('复制成功')
}

export const ChatLink = ({ order }) => html`
  <a data-kora="飞鸽" className="chat-link" title="联系买家" target="_blank"
    href=${order.action_map.contactBuyer.biz_action_url}>飞鸽</a>`

export function HeadLine({ order, deeds }) {
  const { message } = App.useApp()
  return html`
    <div className="order-head">
      <span>订单编号 ${order.shop_order_id}
        <span data-kora="复制" className="copy" title="复制"
          onClick=${() => copy(order.shop_order_id, message)}>复制</span></span>
      <span>下单时间 ${time(order.create_time)}</span>
      <span className=${css('table_nickname')}>${order.user_nickname}</span>
      <${ChatLink} order=${order} />
      <span className="order-remark" onClick=${() => deeds.onRemark(order)}>
        <${Flag} star=${order.star} />
        ${order.remark ? html`<span className=${css('index_remark')}>${order.remark}</span>` : ''}
        <a>${order.remark ? '修改' : '添加备注'}</a>
      </span>
    </div>`
}

export const Products = ({ order }) => order.product_item.map((one) => html`
  <div className=${`${css('index_content')} order-line`} key=${one.sku_order_id}>
    <img src=${one.product_pic || undefined} alt="" />
    <div className="order-words">
      <div className=${css('style_name')} title=${one.product_name}>${one.product_name}</div>
      <div className=${css('style_property')}>${one.sku_spec}</div>
      <div className=${css('style_property')}>商家编码：${one.sku_code || one.merchant_code || '-'}</div>
    </div>
  </div>`)

export const Amounts = ({ order }) => order.product_item.map((one) => html`
  <div className="order-line" key=${one.sku_order_id}>
    <div>
      <div className=${css('table_comboAmount')}>¥${yuan(one.combo_amount)}</div>
      <div className=${css('table_comboNum')}>x${one.combo_num}</div>
    </div>
  </div>`)

export const AfterSaleCell = ({ order }) => html`
  <div className=${css('index_cell')}>${order.after_sale_info.after_sale_text || '-'}</div>`

// How long it may still take until it ships late, as it was when the list came.
export function timeLeft(order) {
  if (!waits(order) || !order.exp_ship_time) return ''
  const left = order.exp_ship_time - Math.floor(Date.now() / 1000)
  if (left <= 0) return '发货已超时'
  const [days, hours, minutes] = [left / 86400, (left / 3600) % 24, (left / 60) % 60].map(Math.floor)
  return `${days ? `${days}天` : ''}${hours}小时${minutes}分后发货超时`
}

export function StateCell({ order }) {
  const text = order.order_status_info.order_status_text
  const left = timeLeft(order)
  return html`
    <div className=${css('index_cell')}>
      <div className=${css('index_text')}><i className=${`dot ${DOTS[text] || ''}`} />${text}</div>
      ${left && html`<div className=${left === '发货已超时' ? 'late' : 'quiet'}>${left}</div>`}
      ${order.abnormal_order === 2 && html`<div className="late">风控审核中</div>`}
      ${order.address_apply && html`<div className="late">买家申请修改收货信息</div>`}
    </div>`
}

export const PaidCell = ({ order }) => html`
  <div className=${css('index_payAmount')}>¥${yuan(order.pay_amount)}</div>
  <div className="quiet">${order.post_amount ? `含运费 ¥${yuan(order.post_amount)}` : '免运费'}</div>`

const shownPlace = ({ post_addr: at }) =>
  [...new Set([at.province.name, at.city.name, at.town.name, at.street.name])].join('') + at.detail

// Masked until somebody asks for this very order; the list forgets it when it is loaded anew.
export function Receiver({ order }) {
  const { message } = App.useApp()
  const [shown, setShown] = useState(null)
  const info = order.receiver_info

  async function reveal() {
    const answer = await get('/api/order/receiveinfo', { order_id: order.shop_order_id })
    if (answer.code === 0) setShown(answer.data)
    else message.error(answer.msg)
  }

  if (shown) {
    return html`
      <div className="order-receiver">
        <span className=${css('index_infoItem')}>${shown.text}</span>
        <span data-kora="复制" className="copy" onClick=${() => copy(shown.text, message)}>复制</span>
        ${shown.is_virtual && html`<div className="quiet">虚拟号，转接请拨分机</div>`}
      </div>`
  }
  return html`
    <div className="order-receiver">
      <div className=${css('index_infoItem')}>${info.post_receiver}</div>
      <div className=${css('index_infoItem')}>${info.post_tel || '-'}</div>
      <div className=${css('index_infoItem')}>${shownPlace(info)}</div>
      <a data-kora="查看敏感信息" onClick=${reveal}>查看敏感信息</a>
      ${order.user_remark && html`<div className="quiet">买家留言：${order.user_remark}</div>`}
    </div>`
}

export function ActionCell({ order, deeds }) {
  const id = order.shop_order_id
  return html`
    <div className="order-actions">
      ${waits(order) && html`<a onClick=${() => go(`/ffa/morder/logistics/delivery?order_id=${id}`)}>发货</a>`}
      <a onClick=${() => go(`/ffa/order/detail?order_id=${id}`)}>订单详情</a>
      ${order.address_apply && html`<${Answers} order=${order} again=${deeds.again} />`}
    </div>`
}

const REJECTS = { 1001: '拣货', 1002: '配货', 1003: '仓库', 1004: '出库', 1005: '发货' }

// 收货信息变更申请: yes, or no because the parcel has come too far already.
function Answers({ order, again }) {
  const { message, modal } = App.useApp()

  async function answer(is_approved) {
    const body = { order_id: order.shop_order_id, is_approved }
    const told = await post('/api/order/addressConfirm', body)
    if (told.code === 0) message.success('操作成功')
    else message.error(told.msg)
    again()
  }

  const ask = (code, words) => modal.confirm({
    title: words, okText: '确定', cancelText: '取消', onOk: () => answer(code),
  })
  return html`
    <a onClick=${() => ask(0, '同意买家修改收货信息？')}>同意修改</a>
    <a onClick=${() => ask(1005, `拒绝买家修改收货信息？（${REJECTS[1005]}中）`)}>拒绝修改</a>`
}
