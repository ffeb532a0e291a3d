// One order with all that its detail page and the ship form show; `again` asks once more.

import { get, useEffect, useState } from './kit.js'

const { App } = window.antd

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
