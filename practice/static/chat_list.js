// The left side of 飞鸽: search, 当前会话 and 最近联系.

import { css, get, html, useEffect, useState } from './kit.js'

const { Input } = window.antd

const TABS = [
  { key: 'current', hook: 'qa-active-chat-tab', text: '当前会话' },
  { key: 'recent', hook: 'qa-last-chat-tab', text: '最近联系' },
]
const EVERY = 2000

function useTalks(tab) {
  const [talks, setTalks] = useState([])
  const [round, setRound] = useState(0)
  useEffect(() => {
    let stale = false
    get('/api/im/conversations', { tab }).then((answer) => {
      if (!stale && answer.code === 0) setTalks(answer.data)
    })
    const timer = setTimeout(() => setRound((n) => n + 1), EVERY)
    return () => { stale = true; clearTimeout(timer) }
  }, [tab, round])
  return talks
}

const Line = ({ talk, tab, chosen, onClick }) => html`
  <div data-kora="conversation" data-qa-id="qa-conversation-chat-item" onClick=${onClick}
    data-btm-id=${`${talk.conversation_id}.${tab}`}
    className=${`${css('index_chatItem')} ${chosen ? 'chosen' : ''}`}>
    <div className=${css('index_nameLine')} title=${talk.nickname}>${talk.nickname}
      ${talk.wait_reply && html`<span className="needReply">待回复</span>`}</div>
    <div className=${css('index_msgContent')}>${talk.last_text}</div>
    ${talk.unread_count > 0 && html`<span className=${css('badge-count')}>${talk.unread_count}</span>`}
  </div>`

const Group = ({ name, text, children }) => html`
  <div className="chat-group" data-btm=${`message_group_name_${name}`}>${text}</div>
  ${children}`

function Search({ openOrder }) {
  const [hits, setHits] = useState(null)
  async function search(words) {
    if (!words.trim()) return setHits(null)
    const answer = await get('/api/im/conversations', { keyword: words })
    return setHits(answer.data ?? [])
  }
  return html`
    <${Input} placeholder="搜用户/180天订单(Ctrl+F)" allowClear
      onChange=${(event) => search(event.target.value)} />
    ${hits && html`<div className="chat-hits">
      ${hits.length ? hits.map((one) => html`
        <div key=${one.order_id} className=${css('index_searchItem')} onClick=${() => openOrder(one.order_id)}>
          ${one.nickname} <span className="quiet">${one.from}</span>
          <div className="quiet">${one.order_id}</div></div>`)
        : html`<div className="quiet">暂无搜索结果</div>`}
    </div>`}`
}

export function ChatList({ openId, open, openOrder }) {
  const [tab, setTab] = useState('current')
  const talks = useTalks(tab)
  const line = (talk) => html`<${Line} key=${talk.conversation_id} talk=${talk} tab=${tab}
    chosen=${talk.conversation_id === openId} onClick=${() => open(talk.conversation_id)} />`
  const late = talks.filter((one) => one.overtime)
  const waiting = talks.filter((one) => one.wait_reply && !one.overtime)
  const others = talks.filter((one) => !one.wait_reply)
  return html`
    <div className=${css('index_left')}>
      <${Search} openOrder=${openOrder} />
      <div className="chat-tabs">${TABS.map(({ key, hook, text }) => html`
        <div key=${key} data-qa-id=${hook} className=${key === tab ? 'chosen' : ''}
          onClick=${() => setTab(key)}>${text}</div>`)}</div>
      <div id="chantListScrollArea">
        ${late.length > 0 && html`<${Group} name="overtime" text=${`已超时 ${late.length}`}>${late.map(line)}<//>`}
        ${waiting.length > 0 && html`
          <${Group} name="waitReply" text=${`待回复 ${waiting.length}`}>${waiting.map(line)}<//>`}
        ${others.map(line)}
      </div>
    </div>`
}
