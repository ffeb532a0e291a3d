// /ffa/morder/order/list: 订单管理. What is asked, and everything around the table.

import { css, html, label, useState, usePopupName } from './kit.js'
import { useList } from './list_ask.js'
import { RemarkDialog } from './order_remark.js'
import { OrderTable } from './order_table.js'

const { Button, Card, DatePicker, Form, Input, Select, Tabs } = window.antd

const TABS = [
  { key: 'all', label: '全部' },
  { key: 'unpaid', label: '待支付' },
  { key: 'unshipped', label: '待发货' },
  { key: 'on_delivery', label: '已发货' },
  { key: 'received', label: '已完成' },
  { key: 'closed', label: '已关闭' },
]
const TIMES = [
  { value: 'create_time', label: '下单时间' },
  { value: 'finish_time', label: '完成时间' },
]
const AFTERSALES = [
  { value: 'in_aftersale', label: '售后中' },
  { value: 'refund', label: '退款中' },
  { value: 'refund_success', label: '退款成功' },
  { value: 'refund_fail', label: '退款失败' },
  { value: 'exchange_success', label: '换货成功' },
  { value: 'aftersale_close', label: '售后关闭' },
]
const FLAGS = ['灰', '紫', '青', '绿', '橙', '红']

// What the search bar holds, as the list's XHR wants it; empty fields are not asked.
function asked({ order_id, time, span, product, art_no, aftersale_status, star }) {
  const wanted = {
    order_id: order_id?.trim(),
    product: product?.trim(),
    art_no: art_no?.trim(),
    aftersale_status,
    star,
    'compact_time[select]': span && time,
    create_time_start: span && span[0].startOf('day').unix(),
    create_time_end: span && span[1].endOf('day').unix(),
  }
  return Object.fromEntries(Object.entries(wanted).filter(([, value]) => value ?? value === 0))
}

const field = (name, text, child) => html`
  <${Form.Item} name=${name} label=${text} key=${name}>${child}<//>`

function MoreFields() {
  return html`
    ${field('product', '商品名称/ID', html`<${Input} placeholder="请输入" allowClear />`)}
    ${field('art_no', '商家编码', html`<${Input} placeholder="请输入" allowClear />`)}
    ${field('aftersale_status', '售后状态', html`
      <${Select} ...${usePopupName()} placeholder="请选择" options=${AFTERSALES} allowClear />`)}
    ${field('star', '订单标记', html`
      <${Select} ...${usePopupName()} placeholder="请选择" allowClear
        options=${FLAGS.map((text, value) => ({ value, label: text }))} />`)}`
}

function SearchBar({ onSearch }) {
  const [form] = Form.useForm()
  const [open, setOpen] = useState(false)
  function reset() {
    form.resetFields()
    onSearch({})
  }
  return html`
    <${Form} form=${form} className="order-search" initialValues=${{ time: 'create_time' }}
      onFinish=${(words) => onSearch(asked(words))}>
      ${field('order_id', '订单编号', html`<${Input} placeholder="请输入" allowClear />`)}
      <div className="order-time">
        <${Form.Item} name="time" noStyle>
          <${Select} ...${usePopupName()} options=${TIMES} />
        <//>
        <${Form.Item} name="span" noStyle>
          <${DatePicker.RangePicker} id="compact_time" placeholder=${['开始日期', '结束日期']} />
        <//>
      </div>
      ${open && html`<${MoreFields} />`}
      <div className="order-buttons">
        <${Button} type="primary" htmlType="submit">${label('查询')}<//>
        <${Button} onClick=${reset}>重置<//>
        <a data-kora="展开" onClick=${() => setOpen(!open)}>${open ? '收起' : '展开'}</a>
      </div>
    <//>`
}

const tabItems = (counts) => TABS.map(({ key, label: text }) => ({
  key,
  label: html`${text}<span className="count">${counts[key] ?? ''}</span>`,
}))

const tabOf = (params) => TABS.some(({ key }) => key === params.get('tab')) ? params.get('tab') : 'all'

export function OrderListPage({ params }) {
  const [question, setQuestion] = useState(
    { page: 0, pageSize: 20, tab: tabOf(params), order_by: 'create_time', order: 'desc' })
  const [remarkOf, setRemarkOf] = useState(null)
  const { rows, total, counts, busy, again } = useList(
    '/api/order/searchlist', '/api/order/tabcnt', question,
  )

  function ask(next) {
    if (JSON.stringify(next) === JSON.stringify(question)) again()
    else setQuestion(next)
  }

  function search(words) {
    const { tab, pageSize, order_by, order } = question
    ask({ page: 0, pageSize, tab, order_by, order, ...words })
  }

  function changeTab(tab) {
    window.history.replaceState(null, '', `/ffa/morder/order/list?tab=${tab}`)
    ask({ ...question, page: 0, tab })
  }

  return html`
    <div className="page">
      <div className="page-title"><h2>订单管理</h2></div>
      <${Card} className="card order-card">
        <${Tabs} items=${tabItems(counts)} activeKey=${question.tab} onChange=${changeTab} />
        <${SearchBar} onSearch=${search} />
        <${OrderTable} rows=${rows} total=${total} busy=${busy} question=${question} ask=${ask}
          again=${again} onRemark=${setRemarkOf} />
      <//>
      <${RemarkDialog} order=${remarkOf} onClose=${() => setRemarkOf(null)} onSaved=${again} />
    </div>`
}
