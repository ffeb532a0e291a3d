// The table of 订单管理: a head and a detail row for each order.

import { css, html, useState } from './kit.js'
import { ActionCell, AfterSaleCell, Amounts, HeadLine, PaidCell, Products, Receiver, StateCell } from './order_rows.js'

const { Button, Pagination, Table } = window.antd

const COLUMNS = 7
const isHead = (row) => row.kind === 'head'

// td1 to td7; td0 holds the checkbox. A head row is one cell over all of them.
function columns(deeds) {
  const cells = [
    { title: '商品', render: (row) => html`<${Products} order=${row} />` },
    { title: '单价/数量', width: 118, render: (row) => html`<${Amounts} order=${row} />` },
    { title: '售后', width: 88, render: (row) => html`<${AfterSaleCell} order=${row} />` },
    { title: '状态', width: 156, render: (row) => html`<${StateCell} order=${row} />` },
    { title: '实付', width: 104, render: (row) => html`<${PaidCell} order=${row} />` },
    { title: '收货信息', width: 210, render: (row) => html`<${Receiver} order=${row} />` },
    { title: '操作', width: 112, render: (row) => html`<${ActionCell} order=${row} deeds=${deeds} />` },
  ]
  return cells.map((cell, at) => ({
    ...cell,
    onCell: (row) => isHead(row) ? { colSpan: at ? 0 : COLUMNS } : {},
    render: (_, row) => isHead(row)
      ? !at && html`<${HeadLine} order=${row} deeds=${deeds} />` : cell.render(row),
  }))
}

const twoRows = (order) => [{ ...order, kind: 'head' }, { ...order, kind: 'detail' }]
const rowKey = (row) => isHead(row) ? `${row.shop_order_id}-head` : row.shop_order_id

// The kit counts rows, the list counts orders: so the pages stand below it by themselves.
function Pages({ question, total, ask }) {
  return html`
    <${Pagination} className="order-pages" current=${question.page + 1}
      pageSize=${question.pageSize} total=${total} showTotal=${(n) => `共 ${n} 单`}
      showSizeChanger showQuickJumper pageSizeOptions=${[20, 50, 100]}
      onChange=${(page, pageSize) => ask({ ...question, page: page - 1, pageSize })} />`
}

export function OrderTable({ rows, total, busy, question, ask, again, onRemark }) {
  const [picked, setPicked] = useState([])
  const selection = {
    selectedRowKeys: picked,
    onChange: (keys) => setPicked(keys.filter((key) => !key.endsWith('-head'))),
    columnWidth: 44,
    renderCell: (_checked, row, _at, box) => isHead(row) ? null : box,
  }
  return html`
    <div className="batch-bar">
      <span className="quiet">已选 ${picked.length} 单</span>
      <${Button} onClick=${again}>刷新<//>
    </div>
    <div className="order-table">
      <${Table} rowKey=${rowKey} columns=${columns({ again, onRemark })}
        dataSource=${rows.flatMap(twoRows)} rowSelection=${selection} pagination=${false}
        rowClassName=${(row) => `row-vertical-top ${css('index_table-row')} order-${row.kind}`}
        loading=${{ spinning: busy, delay: 300 }} tableLayout="fixed" />
      <${Pages} question=${question} total=${total} ask=${ask} />
    </div>`
}
