// /ffa/g/list: 商品管理.

import { css, get, go, html, post, time, useEffect, useState, yuan } from './kit.js'

const { App, Button, Card, Input, Table, Tabs } = window.antd

const TABS = [
  { key: 'all', label: '全部' },
  { key: 'onSale', label: '售卖中' },
  { key: 'offline', label: '仓库中' },
  { key: 'auditing', label: '审核中' },
  { key: 'rejected', label: '审核驳回' },
]
const SEARCH_HINT = '请输入商品名称/商品ID/商家编码，多条可用逗号隔开'
const DOTS = { 售卖中: 'good', 审核中: 'busy', 审核未通过: 'bad', 审核通过待上架: 'busy' }
const ONLINE = 0
const PASSED = [3, 7] // check_status: 审核通过, 审核通过待上架

function priceText({ price_lower: low, price_higher: high }) {
  return low === high ? `￥${yuan(low)}` : `￥${yuan(low)} ~ ￥${yuan(high)}`
}

function ProductCell({ row }) {
  return html`
    <div className=${css('style_product')}>
      <img className=${css('style_picture')} src=${row.img} alt="" />
      <div className=${css('style_words')}>
        <a className=${css('style_name')} title=${row.name}
          onClick=${() => go(editAddress(row))}>${row.name}</a>
        <div className=${css('style_id')}>ID:${row.product_id}</div>
        <div className=${css('style_code')}>商家编码：${row.merchant_code || '-'}</div>
      </div>
    </div>`
}

const StockCell = ({ row }) => html`
  ${row.stock_num} <span className="pen" data-kora="修改库存" title="修改库存">✎</span>`

const StateCell = ({ row }) => html`
  <div>${time(row.create_time)}</div>
  <div className="state"><i className=${`dot ${DOTS[row.tab] || ''}`} />${row.tab}</div>`

const editAddress = (row) => `/ffa/g/create?product_id=${row.product_id}&entrance=edit`

function ActionCell({ row, switchSale }) {
  const offSale = row.status !== ONLINE && PASSED.includes(row.check_status)
  return html`
    <div className="actions">
      <a onClick=${() => go(editAddress(row))}>编辑</a>
      ${offSale && html`<a onClick=${() => switchSale(row, 'online', '上架')}>上架</a>`}
      ${row.status === ONLINE && html`<a onClick=${() => switchSale(row, 'offline', '下架')}>下架</a>`}
      <a>更多</a>
    </div>`
}

const columns = (switchSale) => [
  { title: '商品', render: (_, row) => html`<${ProductCell} row=${row} />` },
  { title: '价格', width: 172, render: (_, row) => priceText(row) },
  { title: '销量', width: 76, dataIndex: 'sell_num' },
  { title: '总库存', width: 92, render: (_, row) => html`<${StockCell} row=${row} />` },
  { title: '商品类目', width: 116, render: (_, row) => row.category_name.split(' > ').at(-1) },
  { title: '创建时间/状态', width: 172, render: (_, row) => html`<${StateCell} row=${row} />` },
  {
    title: '操作',
    width: 148,
    render: (_, row) => html`<${ActionCell} row=${row} switchSale=${switchSale} />`,
  },
]

// The rows and numbers for one question; `again` asks once more.
function useProducts(question) {
  const [state, setState] = useState({ rows: [], total: 0, counts: {}, busy: true })
  const [round, setRound] = useState(0)
  useEffect(() => {
    let stale = false
    setState((old) => ({ ...old, busy: true }))
    const asked = [
      get('/product/tproduct/list', question),
      get('/product/tproduct/aggsProductCount'),
    ]
    Promise.all(asked).then(([list, counts]) => {
      if (stale) return // a newer question is on its way
      setState({ rows: list.data, total: list.total, counts: counts.data, busy: false })
    })
    return () => { stale = true }
  }, [JSON.stringify(question), round])
  return { ...state, again: () => setRound((n) => n + 1) }
}

function GoodsList({ firstTab }) {
  const { message, modal } = App.useApp()
  const [question, setQuestion] = useState({ page: 0, pageSize: 20, tab: firstTab, id_name_code: '' })
  const [terms, setTerms] = useState('')
  const { rows, total, counts, busy, again } = useProducts(question)

  function search(words) {
    const next = { ...question, page: 0, id_name_code: words.trim() }
    if (JSON.stringify(next) === JSON.stringify(question)) again()
    else setQuestion(next)
  }

  function changeTab(tab) {
    window.history.replaceState(null, '', `/ffa/g/list?tab=${tab}`)
    setQuestion({ ...question, page: 0, tab })
  }

  function switchSale(row, verb, label) {
    modal.confirm({
      title: `确定${label}该商品？`,
      content: row.name,
      okText: '确定',
      cancelText: '取消',
      async onOk() {
        const answer = await post(`/product/tproduct/${verb}`, { product_id: row.product_id })
        if (answer.code === 0) message.success('操作成功')
        else message.error(`操作失败：${answer.msg}`)
        again()
      },
    })
  }

  const tabs = TABS.map(({ key, label }) => ({
    key,
    label: html`${label}<span className="count">${counts[key] ?? ''}</span>`,
  }))
  const pages = {
    current: question.page + 1,
    pageSize: question.pageSize,
    total,
    showTotal: (n) => `共 ${n} 件商品`,
    showSizeChanger: true,
    pageSizeOptions: [20, 50, 100],
    onChange: (page, pageSize) => setQuestion({ ...question, page: page - 1, pageSize }),
  }
  return html`
    <${Card} className="card">
      <${Tabs} items=${tabs} activeKey=${question.tab} onChange=${changeTab} />
      <div className=${css('style_search')}>
        <${Input} placeholder=${SEARCH_HINT} value=${terms} allowClear
          onChange=${(event) => setTerms(event.target.value)} onPressEnter=${() => search(terms)} />
        <${Button} type="primary" onClick=${() => search(terms)}>查询<//>
        <${Button} onClick=${() => { setTerms(''); search('') }}>重置<//>
      </div>
      <${Table} rowKey="product_id" columns=${columns(switchSale)} dataSource=${rows}
        loading=${busy} pagination=${pages} tableLayout="fixed" />
    <//>`
}

export function GoodsListPage({ params }) {
  const asked = params.get('tab')
  const firstTab = TABS.some(({ key }) => key === asked) ? asked : 'all'
  return html`
    <div className="page">
      <div className="page-title">
        <h2>商品管理</h2>
        <${Button} type="primary" onClick=${() => go('/ffa/g/create')}>新建商品<//>
      </div>
      <${GoodsList} firstTab=${firstTab} />
    </div>`
}
