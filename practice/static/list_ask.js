// A list's rows, its total and the numbers on its tabs.

import { get, useEffect, useState } from './kit.js'

const { App } = window.antd

// The old rows stay until the answer to the newest question is there; `again` asks once more.
export function useList(rowsAt, countsAt, question) {
  const { message } = App.useApp()
  const [list, setList] = useState({ rows: [], total: 0 })
  const [counts, setCounts] = useState({})
  const [busy, setBusy] = useState(true)
  const [round, setRound] = useState(0)
  useEffect(() => {
    let stale = false
    setBusy(true)
    get(rowsAt, question).then((answer) => {
      if (stale) return // a newer question is on its way
      setBusy(false)
      if (answer.code === 0) setList({ rows: answer.data, total: answer.total })
      else message.error(answer.msg)
    })
    get(countsAt).then((answer) => {
      if (!stale && answer.code === 0) setCounts(answer.data)
    })
    return () => { stale = true }
  }, [JSON.stringify(question), round])
  return { ...list, counts, busy, again: () => setRound((n) => n + 1) }
}
