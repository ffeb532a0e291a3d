// The middle of 飞鸽: the messages of one conversation, and what is written to it.

import { css, html, post, postFile, time, useEffect, useRef, useState } from './kit.js'

const { App, Modal } = window.antd

const SELLER = 2
const SYSTEM = 3

function Message({ one }) {
  if (one.role === SYSTEM) {
    return html`<div className="chat-system" data-id=${one.id}>${one.text}</div>`
  }
  const words = one.type === 'image'
    ? html`<img src=${one.text} alt="图片" />` : html`<pre><span>${one.text}</span></pre>`
  return html`
    <div data-qa-id="qa-message-warpper" className=${one.role === SELLER ? 'messageIsMe' : 'messageNotMe'}>
      <div className="chat-time">${time(one.time)}</div>
      <div className="chat-words" data-id=${one.id}>${words}</div>
    </div>`
}

// The picture that was chosen, before it goes out.
function Preview({ file, onSend, onClose }) {
  const [address, setAddress] = useState('')
  useEffect(() => {
    if (!file) return undefined
    const made = URL.createObjectURL(file)
    setAddress(made)
    return () => URL.revokeObjectURL(made)
  }, [file])
  return html`
    <${Modal} title="发送图片" open=${Boolean(file)} okText="发送" cancelText="取消" onOk=${onSend}
      onCancel=${onClose} destroyOnClose>
      <img className="chat-preview" src=${address} alt="" />
    <//>`
}

export function ChatPane({ talk, orderId, again }) {
  const { message } = App.useApp()
  const [text, setText] = useState('')
  const [file, setFile] = useState(null)
  const end = useRef(null)

  useEffect(() => { end.current.scrollIntoView() }, [talk.messages.length])

  async function send(content) {
    const about = { conversation_id: talk.conversation_id, order_id: orderId }
    const answer = await post('/api/im/send', { ...about, ...content })
    if (answer.code !== 0) message.error(answer.msg)
    again()
    return answer.code === 0
  }

  // The box is empty at once; words that were not taken come back, if nothing else was written.
  async function sendText() {
    if (!text.trim()) return
    setText('')
    if (!await send({ text })) setText((newer) => newer || text)
  }

  async function sendPicture() {
    const answer = await postFile('/api/im/upload', file)
    setFile(null)
    if (answer.code !== 0) return message.error(answer.msg)
    return send({ picture_id: answer.data.id })
  }

  function press(event) {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
    event.preventDefault()
    sendText()
  }

  function choose(event) {
    setFile(event.target.files[0] ?? null)
    event.target.value = ''
  }

  return html`
    <div className=${css('index_pane')}>
      <div id="topbar-left-info">${talk.nickname}</div>
      <div id="workspace-chat">
        ${talk.messages.map((one) => html`<${Message} key=${one.id} one=${one} />`)}
        ${talk.expired && html`<div className="chat-system">会话超过7天不可回复</div>`}
        <div ref=${end} />
      </div>
      <div className="chat-composer">
        <label className="chat-tool">图片
          <input type="file" accept="image/png,image/jpeg" onChange=${choose} /></label>
        <textarea data-qa-id="qa-send-message-textarea" value=${text} maxLength=${500}
          placeholder=${`发送给 ${talk.nickname}，使用Enter 发送消息`}
          onChange=${(event) => setText(event.target.value)} onKeyDown=${press} />
        <div data-qa-id="qa-send-message-button" onClick=${sendText}
          className=${`chat-send ${text.trim() ? '' : 'off'}`}>发送</div>
      </div>
      <${Preview} file=${file} onSend=${sendPicture} onClose=${() => setFile(null)} />
    </div>`
}
