// The rows of 订单管理, their total and the numbers on its tabs.

import { get, useEffect, useState } from './kit.js'

const { App } = window.antd

// The old rows stay until the answer to the newest question is there; `again` asks once more.
export function useOrders(question) {
  const { message } = App.useApp()
  const [list, setList] = useState({ rows: [], total: 0 })
  const [counts, setCounts] = useState({})
  const [busy, setBusy] = useState(true)
  const [round, setRound] = useState(0)
  useEffect(() => {
    let stale = false
    setBusy(true)
    get('/api/order/searchlist', question).then((answer) => {
      if (stale) return // a newer question is on its way
      setBusy(false)
      if (answer.code === 0) setList({ rows: answer.data, total: answer.total })
      else message.error(answer.msg)
    })
    get('/api/order/tabcnt').then((answer) => {
      if (!stale && answer.code === 0) setCounts(answer.data)
    })
    return () => { stale = true }
  }, [JSON.stringify(question), round])
  return { ...list, counts, busy, again: () => setRound((n) => n + 1) }
}

// One order with all that its detail page and the ship form show; `again` asks once more.
export function useOrder(orderId) {
  const { message } = App.useApp()
  const [order, setOrder] = useState(null)
  const [round, setRound] = useState(0)
  useEffect(() => {
    get('/api/order/orderDetail', { order_id: orderId }).then((answer) => {
      if (answer.code === 0) setOrder(answer.data)
      else message.error(answer.msg)
    })
  }, [orderId, round])
  return [order, () => setRound((n) => n + 1)]
}
