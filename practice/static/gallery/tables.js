// A paged table, a virtual table, a virtual list of our own, and tabs.

import { css, html, useEffect, useState } from '../kit.js'
import { ask, hold, note, useHeld } from './truth.js'

const { Button, Dropdown, Popconfirm, Table, Tabs } = window.antd

const MORE = [{ key: 'copy', label: '复制' }, { key: 'log', label: '查看日志' }]

function Actions({ row }) {
  const menu = { items: MORE, onClick: ({ key }) => note('clicked', `${key} ${row.id}`) }
  return html`
    <${Button} type="link" onClick=${() => note('clicked', `edit ${row.id}`)}>编辑<//>
    <${Dropdown} menu=${menu}><a>更多</a><//>
    <${Popconfirm} title="确定删除？" onConfirm=${() => { note('clicked', `delete ${row.id}`) }}>
      <a>删除</a>
    <//>`
}

const COLUMNS = [
  { title: '编号', dataIndex: 'id' },
  { title: '名称', dataIndex: 'name' },
  { title: '价格', dataIndex: 'price' },
  { title: '操作', render: (_, row) => html`<${Actions} row=${row} />` },
]

// Old rows stay on the screen until the new ones are here: reading too early reads the wrong page.
function PagedTable() {
  const [question, setQuestion] = useState({ page: 1, size: 10 })
  const [state, setState] = useState({ rows: [], total: 0 })
  const [busy, setBusy] = useState(true)
  const [picked, setPicked] = useHeld('picked', [])
  useEffect(() => {
    setBusy(true)
    ask('rows', question).then((answer) => {
      setState({ rows: answer.data, total: answer.total })
      setBusy(false)
      hold('table', { ...question, ids: answer.data.map((row) => row.id) })
    })
  }, [question])
  const pagination = {
    current: question.page,
    pageSize: question.size,
    total: state.total,
    showSizeChanger: true,
    showQuickJumper: true,
    onChange: (page, size) => setQuestion({ page, size }),
  }
  return html`
    <div id="paged">
      <${Table} rowKey="id" size="small" columns=${COLUMNS} dataSource=${state.rows} loading=${busy}
        pagination=${pagination} scroll=${{ y: 300 }}
        rowSelection=${{ selectedRowKeys: picked, onChange: setPicked }} />
    </div>`
}

const THOUSANDS = Array.from({ length: 2000 }, (_, at) => ({
  id: `K-${at + 1}`,
  name: `规格 ${at + 1}`,
  stock: (at * 37) % 1000,
}))

function VirtualTable() {
  const [stocks, setStocks] = useHeld('stocks', {})
  const columns = [
    { title: '编号', dataIndex: 'id', width: 160 },
    { title: '规格', dataIndex: 'name', width: 240 },
    { title: '库存', dataIndex: 'stock', width: 120 },
    {
      title: '新库存',
      width: 200,
      render: (_, row) => html`
        <input value=${stocks[row.id] ?? ''}
          onChange=${(e) => setStocks({ ...stocks, [row.id]: e.target.value })} />`,
    },
  ]
  return html`
    <div id="virtual">
      <${Table} virtual rowKey="id" size="small" columns=${columns} dataSource=${THOUSANDS}
        pagination=${false} scroll=${{ x: 720, y: 600 }} />
    </div>`
}

const LINES = Array.from({ length: 500 }, (_, at) => ({ id: `L-${at + 1}`, height: 28 + (at % 5) * 9 }))
const HEIGHT = 480
const TOPS = LINES.reduce((tops, line) => [...tops, tops.at(-1) + line.height], [0])

// As some pages draw their own: rows of different heights, only those in sight exist.
function OwnList() {
  const [top, setTop] = useState(0)
  const shown = LINES.map((line, at) => ({ ...line, top: TOPS[at] }))
    .filter((line) => line.top + line.height > top && line.top < top + HEIGHT)
  return html`
    <div className=${`list ${css('style_list')}`} id="own" style=${{ height: HEIGHT }}
      onScroll=${(event) => setTop(event.target.scrollTop)}>
      <div className="list-inner" style=${{ height: TOPS.at(-1) }}>
        ${shown.map((line) => html`
          <div key=${line.id} className=${`list-row ${css('style_row')}`} data-row-key=${line.id}
            style=${{ top: line.top, height: line.height }}
            onClick=${() => note('clicked', `line ${line.id}`)}>第 ${line.id} 行</div>`)}
      </div>
    </div>`
}

const TABS = Array.from({ length: 24 }, (_, at) => ({
  key: `t${at + 1}`,
  label: at ? `栏目${at + 1}` : '全部',
  children: `内容 ${at + 1}`,
}))

function ManyTabs() {
  const [active, setActive] = useHeld('tab', 't1')
  return html`<div id="tabs"><${Tabs} items=${TABS} activeKey=${active} onChange=${setActive} /></div>`
}

export const Tables = () => html`<${ManyTabs} /><${PagedTable} /><${VirtualTable} /><${OwnList} />`
