// The table of 商品管理. Of a long page only the few rows around the visible part exist.

import { React, html, useEffect, useRef, useState } from './kit.js'
import { columns, rowKey } from './goods_list_rows.js'

const { Table } = window.antd

const ROW = 104 // px; goods_list.css says the same
const EXISTING = 7
const Scrolled = React.createContext(0)

// The kit's own <table> inside a box that scrolls.
function Holder({ children, ...rest }) {
  const [top, setTop] = useState(0)
  return html`
    <div className="ecom-g-table-tbody-virtual-holder"
      onScroll=${(event) => setTop(event.currentTarget.scrollTop)}>
      <${Scrolled.Provider} value=${top}><table ...${rest}>${children}</table><//>
    </div>`
}

const Gap = ({ rows }) => html`<tr aria-hidden="true" style=${{ height: rows * ROW }} />`

// The kit hands over all rows; those far away are left out, and gaps keep their place.
function Body({ children, ...rest }) {
  const top = React.useContext(Scrolled)
  const rows = children.find(Array.isArray)
  if (!rows) return html`<tbody ...${rest}>${children}</tbody>`
  const spare = Math.max(0, rows.length - EXISTING)
  const first = Math.min(spare, Math.max(0, Math.floor(top / ROW) - 1))
  return html`
    <tbody ...${rest}>
      <${Gap} rows=${first} />
      ${rows.slice(first, first + EXISTING)}
      <${Gap} rows=${Math.max(0, spare - first)} />
    </tbody>`
}

const COMPONENTS = { table: Holder, body: { wrapper: Body } }

const pagesOf = (question, total, ask) => ({
  current: question.page + 1,
  pageSize: question.pageSize,
  total,
  showTotal: (n) => `共 ${n} 件商品`,
  showSizeChanger: true,
  showQuickJumper: true,
  pageSizeOptions: [20, 50, 100],
  onChange: (page, pageSize) => ask({ ...question, page: page - 1, pageSize }),
})

export function GoodsTable({ rows, total, busy, question, ask, picked, setPicked, deeds }) {
  const box = useRef(null)
  const place = JSON.stringify(question)
  useEffect(() => { // another page begins at its top
    box.current.querySelector('.ecom-g-table-tbody-virtual-holder')?.scrollTo(0, 0)
  }, [place])

  function sort(_pages, _filters, { columnKey, order }, { action }) {
    if (action !== 'sort') return
    const by = order ? columnKey : 'create_time'
    ask({ ...question, page: 0, order_field: by, sort: order === 'ascend' ? 'asc' : 'desc' })
  }

  const selection = {
    selectedRowKeys: picked,
    onChange: setPicked,
    columnWidth: 44,
    getCheckboxProps: (row) => ({ disabled: !canPick(row) }),
  }
  return html`
    <div ref=${box} className="goods-table">
      <${Table} rowKey=${rowKey} columns=${columns(question, deeds)} dataSource=${rows}
        components=${COMPONENTS} rowSelection=${selection} onChange=${sort}
        loading=${{ spinning: busy, delay: 300 }} pagination=${pagesOf(question, total, ask)}
        showSorterTooltip=${false} tableLayout="fixed" />
    </div>`
}

const BANNED = 5
const DELETED = 2
export const canPick = (row) =>
  row.status !== DELETED && row.check_status !== BANNED && !row.draft_id
