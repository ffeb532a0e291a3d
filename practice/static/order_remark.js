// 备注 of an order: a flag and up to 60 characters.

import { html, post, useEffect, useState } from './kit.js'
import { Flag } from './order_rows.js'

const { App, Input, Modal, Radio } = window.antd

const FLAGS = ['灰', '紫', '青', '绿', '橙', '红']

export function RemarkDialog({ order, onClose, onSaved }) {
  const { message } = App.useApp()
  const [star, setStar] = useState(0)
  const [remark, setRemark] = useState('')
  const [busy, setBusy] = useState(false)

  useEffect(() => {
    setStar(order?.star ?? 0)
    setRemark(order?.remark ?? '')
  }, [order])

  async function save() {
    setBusy(true)
    const answer = await post('/api/order/addRemark', { order_id: order.shop_order_id, remark, star })
    setBusy(false)
    if (answer.code !== 0) return message.error(`保存失败：${answer.msg}`)
    message.success('保存成功')
    onClose()
    return onSaved()
  }

  return html`
    <${Modal} title=${order?.remark ? '修改备注' : '添加备注'} open=${Boolean(order)} width=${520}
      okText="保存" cancelText="取消" onOk=${save} onCancel=${onClose} confirmLoading=${busy}
      destroyOnClose>
      <div className="remark-form">
        <div><span className="remark-label">订单编号</span>${order?.shop_order_id}</div>
        <div><span className="remark-label">订单标记</span>
          <${Radio.Group} value=${star} onChange=${(event) => setStar(event.target.value)}>
            ${FLAGS.map((text, at) => html`
              <${Radio} key=${text} value=${at}><${Flag} star=${at} /> ${text}<//>`)}
          <//>
        </div>
        <${Input.TextArea} rows=${4} maxLength=${60} showCount placeholder="请输入备注"
          value=${remark} onChange=${(event) => setRemark(event.target.value)} />
      </div>
    <//>`
}
