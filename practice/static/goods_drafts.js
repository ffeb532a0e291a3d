// What a page offers when it finds a draft: a new product to go on with, or an older state.

import { fault, get, html, time, useEffect, useState } from './kit.js'

const { Button, Modal } = window.antd

const WORDS = {
  new: { title: '重新发布', text: '您有一个未发布的商品草稿', use: '继续编辑', decline: '重新发布' },
  edit: { title: '草稿提醒', text: '该商品有一份未提交的草稿', use: '使用草稿', decline: '不使用草稿' },
}

// onUse gets the draft's form; declining changes nothing.
export function DraftPrompt({ editedId, onUse }) {
  const [draft, setDraft] = useState(null)
  const [open, setOpen] = useState(false)
  const words = WORDS[editedId ? 'edit' : 'new']

  async function look() {
    const answer = await get('/product/tproduct/draft', { product_id: editedId ?? '' })
    if (answer.code !== 0 || !answer.data) return
    setDraft(answer.data)
    setOpen(true)
  }

  useEffect(() => {
    if (fault(editedId ? 'older_draft' : 'draft_prompt')) look()
  }, [])

  function use() {
    setOpen(false)
    onUse(draft.form)
  }

  const footer = html`
    <${Button} onClick=${() => setOpen(false)}>${words.decline}<//>
    <${Button} type="primary" onClick=${use}>${words.use}<//>`
  return html`
    <${Modal} open=${open} title=${words.title} width=${440} footer=${footer} closable=${false}
      maskClosable=${false} keyboard=${false}>
      <p>${words.text}：${draft?.form.title || '（无标题）'}</p>
      <p className="quiet">保存时间：${draft && time(draft.saved_at)}</p>
    <//>`
}
