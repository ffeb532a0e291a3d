// The bar at the bottom of the form: 发布商品 with its dialogs, 保存草稿, 填写检查.

import { css, fault, go, html, label, post, useState } from './kit.js'
import { recommended, toForm } from './goods_product.js'

const { App, Button, Modal, Spin } = window.antd

export function SubmitBar({ form, editedId, onReset }) {
  const { message } = App.useApp()
  const [dialog, setDialog] = useState('')
  const [sending, setSending] = useState(0)

  function findErrors() {
    const [first] = Object.keys(form.findErrors())
    if (!first) return false
    message.error('校验未通过，请检查标红的内容')
    document.querySelector(`[attr-field-id="${label(first)}"]`)?.scrollIntoView({ block: 'center' })
    return true
  }

  function checkOnly() {
    if (!findErrors()) message.success('填写检查通过')
  }

  function publish() {
    if (findErrors()) return
    const { product, schema } = form.state
    if (recommended(product, schema).length) setDialog('reminder')
    else confirmMore()
  }

  function confirmMore() {
    if (fault('confirm_chain')) setDialog('doubt')
    else send()
  }

  // Nothing here keeps a second click from sending a second time: neither does the real page.
  async function send() {
    setDialog('')
    setSending((count) => count + 1)
    const verb = editedId ? 'editWithSchema' : 'addWithSchema'
    const sent = toForm(form.state.product, editedId)
    const answer = await post(`/product/tproduct/${verb}?check_status=2`, sent)
    setSending((count) => count - 1)
    if (answer.code !== 0) return message.error(`发布失败：${answer.msg}`)
    message.success(editedId ? '已提交审核' : '提交成功')
    if (answer.data.next === 'reset') onReset()
    else go(`/ffa/g/${answer.data.next}?product_id=${answer.data.product_id}`)
  }

  async function saveDraft() {
    const answer = await post('/product/tproduct/saveDraft', toForm(form.state.product, editedId))
    if (answer.code !== 0) return message.error(`保存失败：${answer.msg}`)
    form.set('draft_id', answer.data.draft_id)
    message.success('保存成功')
  }

  return html`
    <div className="submit-bar">
      <${Button} type="primary" onClick=${publish} className=${sending ? 'ecom-g-btn-loading' : ''}
        icon=${sending ? html`<${Spin} size="small" className="sending" />` : null}>
        ${label('发布商品')}
      <//>
      <${Button} onClick=${saveDraft}>${label('保存草稿')}<//>
      <${Button} onClick=${checkOnly}>${label('填写检查')}<//>
    </div>
    <${Reminder} open=${dialog === 'reminder'} form=${form} onBack=${() => setDialog('')}
      onGo=${confirmMore} />
    <${Doubt} open=${dialog === 'doubt'} form=${form} onBack=${() => setDialog('')}
      onGo=${() => setDialog('last')} />
    <${LastQuestion} open=${dialog === 'last'} onBack=${() => setDialog('')} onGo=${send} />`
}

function Reminder({ open, form, onBack, onGo }) {
  const { product, schema } = form.state
  const footer = html`
    <${Button} onClick=${onBack}>返回修改<//>
    <${Button} type="primary" onClick=${onGo}>不修改，继续发布<//>`
  return html`
    <${Modal} open=${open} title="发布提醒" width=${480} footer=${footer} onCancel=${onBack}>
      <p>以下信息补充后更容易通过审核并获得流量：</p>
      <ul className=${css('styles_missing')}>
        ${open && recommended(product, schema).map((one) => html`<li key=${one}>${one}</li>`)}
      </ul>
    <//>`
}

function Doubt({ open, form, onBack, onGo }) {
  const footer = html`
    <${Button} onClick=${onBack}>返回修改<//>
    <${Button} type="primary" onClick=${onGo}>推荐有误<//>`
  return html`
    <${Modal} open=${open} title="类目推荐" width=${480} footer=${footer} onCancel=${onBack}>
      <p>系统根据主图和标题推荐了其他类目，当前类目：${form.state.product.category?.text}</p>
    <//>`
}

const LastQuestion = ({ open, onBack, onGo }) => html`
  <${Modal} open=${open} title="提示" width=${420} okText="确认发布" cancelText="取消" onOk=${onGo}
    onCancel=${onBack}><p>商品发布后将进入审核，确认发布吗？</p><//>`
