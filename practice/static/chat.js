// /pc_seller_v2/main/workspace: 飞鸽. Conversations on the left, one of them in the middle, its
// orders on the right.

import { Kit, PAGE, css, get, html, post, show, useEffect, useState } from './kit.js'
import { Captcha, RiskNotice } from './hurdles.js'
import { ChatList } from './chat_list.js'
import { ChatPane } from './chat_pane.js'
import { ChatOrders } from './chat_orders.js'

const { App, Empty } = window.antd

const EVERY = 2000 // ms between two looks for news

// What is open, looked at again and again: a buyer may write at any time.
function useTalk(openId) {
  const [talk, setTalk] = useState(null)
  const [round, setRound] = useState(0)
  useEffect(() => {
    if (!openId) return setTalk(null)
    let stale = false
    get('/api/im/messages', { conversation_id: openId }).then((answer) => {
      if (!stale && answer.code === 0) setTalk(answer.data)
    })
    const timer = setTimeout(() => setRound((n) => n + 1), EVERY)
    return () => { stale = true; clearTimeout(timer) }
  }, [openId, round])
  return [talk?.conversation_id === openId ? talk : null, () => setRound((n) => n + 1)]
}

function Workspace() {
  const { message } = App.useApp()
  const params = new URLSearchParams(window.location.search)
  const [openId, setOpenId] = useState(null)
  const [orderId, setOrderId] = useState(params.get('orderId') ?? '')
  const [talk, again] = useTalk(openId)

  async function openOrder(order_id) {
    const answer = await post('/api/im/open', { order_id })
    if (answer.code !== 0) return message.error(answer.msg)
    setOrderId(order_id)
    return setOpenId(answer.data.conversation_id)
  }

  useEffect(() => {
    if (orderId) openOrder(orderId)
    else if (params.get('conversationId')) setOpenId(params.get('conversationId'))
  }, [])

  useEffect(() => { // as on the real page: Escape lets the open conversation go
    const release = (event) => { if (event.key === 'Escape') setOpenId(null) }
    window.addEventListener('keydown', release)
    return () => window.removeEventListener('keydown', release)
  }, [])

  function open(id) {
    setOrderId('')
    setOpenId(id)
  }

  const nothing = html`<div className="chat-empty"><${Empty} description="请选择会话" /></div>`
  return html`
    <div className="chat-page">
      <div className="chat-bar"><strong>飞鸽</strong><span className="headerShopName">${PAGE.shop_name}</span></div>
      <div className="chat-columns">
        <${ChatList} openId=${openId} open=${open} openOrder=${openOrder} />
        ${talk ? html`<${ChatPane} key=${talk.conversation_id} talk=${talk} orderId=${orderId}
          again=${again} />` : nothing}
        <div className=${css('index_right')}>${talk && html`
          <${Kit} prefix="ecom"><${ChatOrders} talk=${talk} /><//>`}</div>
      </div>
      <${Captcha} /><${RiskNotice} />
    </div>`
}

show(html`<${Kit} prefix="auxo"><${Workspace} /><//>`)
