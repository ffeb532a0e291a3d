// /ffa/g/list: 商品管理. What is asked, and everything around the table.

import { css, get, go, html, label, useEffect, usePopupName, useState } from './kit.js'
import { useList } from './list_ask.js'
import { BatchBar } from './goods_list_batch.js'
import { GoodsTable } from './goods_list_table.js'
import { PriceModal } from './goods_list_price.js'
import { StockDrawer } from './goods_list_stock.js'
import { useRowDeeds } from './goods_list_rows.js'

const { Button, Card, Cascader, Input, Select, Tabs } = window.antd

const TABS = [
  { key: 'all', label: '全部' },
  { key: 'onSale', label: '售卖中' },
  { key: 'offline', label: '仓库中' },
  { key: 'auditing', label: '审核中' },
  { key: 'rejected', label: '审核驳回' },
  { key: 'draft', label: '草稿箱' },
  { key: 'recycle', label: '回收站' },
]
const SEARCH_HINT = '请输入商品名称/商品ID/商家编码，多条可用逗号隔开'
// Older addresses name a tab by its codes.
const TAB_OF_STATUS = { 0: 'onSale', 1: 'offline', 2: 'recycle' }
const TAB_OF_DRAFT_STATUS = { 0: 'onSale', 3: 'rejected' }
const STATES = [
  { label: '售卖中', value: 'status=0&check_status=3' },
  { label: '已下架', value: 'status=1&check_status=3' },
  { label: '审核通过待上架', value: 'check_status=7' },
  { label: '审核中', value: 'check_status=2' },
  { label: '审核未通过', value: 'check_status=4' },
  { label: '未提交', value: 'check_status=1' },
  { label: '封禁', value: 'check_status=5' },
]
const NEWEST_FIRST = { order_field: 'create_time', sort: 'desc' }
const NOTHING_ASKED = { terms: '', category: undefined, state: undefined }

function tabOf(params) {
  const tab = params.get('tab') ?? TAB_OF_STATUS[params.get('status')]
    ?? TAB_OF_DRAFT_STATUS[params.get('sov_draft_status')]
  return TABS.some(({ key }) => key === tab) ? tab : 'all'
}

// What the search bar holds, as the list's XHR wants it.
function asked({ terms, category, state }) {
  return {
    id_name_code: terms.trim(),
    ...(category && { category_leaf_id: category.at(-1) }),
    ...Object.fromEntries(new URLSearchParams(state)),
  }
}

async function columnOf(cid) {
  const answer = await get('/product/tproduct/categoryOptionsN', { cid })
  return (answer.data || []).map((one) => ({ label: one.name, value: one.id, isLeaf: one.is_leaf }))
}

// 商品类目: each column is fetched when the one before it was clicked.
function CategoryFilter({ value, onChange }) {
  const [options, setOptions] = useState([])
  useEffect(() => {
    columnOf(0).then(setOptions)
  }, [])
  async function loadColumn(path) {
    const parent = path.at(-1)
    parent.loading = true
    parent.children = await columnOf(parent.value)
    parent.loading = false
    setOptions((old) => [...old])
  }
  return html`
    <${Cascader} className=${css('style_filter')} placeholder="请选择商品类目" options=${options}
      value=${value} loadData=${loadColumn} onChange=${onChange} />`
}

function SearchBar({ onSearch }) {
  const [words, setWords] = useState(NOTHING_ASKED)
  const put = (name) => (value) => setWords((old) => ({ ...old, [name]: value }))
  const search = () => onSearch(asked(words))
  function reset() {
    setWords(NOTHING_ASKED)
    onSearch(asked(NOTHING_ASKED))
  }
  return html`
    <div className=${css('style_search')}>
      <${Input} className=${css('style_terms')} placeholder=${SEARCH_HINT} value=${words.terms}
        allowClear onChange=${(event) => put('terms')(event.target.value)} onPressEnter=${search} />
      <${CategoryFilter} value=${words.category} onChange=${put('category')} />
      <${Select} ...${usePopupName()} className=${css('style_filter')} placeholder="请选择商品状态" options=${STATES}
        value=${words.state} allowClear onChange=${put('state')} />
      <${Button} type="primary" onClick=${search}>${label('查询')}<//>
      <${Button} onClick=${reset}>重置<//>
    </div>`
}

const tabItems = (counts) => TABS.map(({ key, label: text }) => ({
  key,
  label: html`${text}<span className="count">${counts[key] ?? ''}</span>`,
}))

function GoodsList({ firstTab }) {
  const [question, setQuestion] = useState(
    { page: 0, pageSize: 20, tab: firstTab, ...asked(NOTHING_ASKED), ...NEWEST_FIRST })
  const [picked, setPicked] = useState([])
  const { rows, total, counts, busy, again } = useList(
    '/product/tproduct/list', '/product/tproduct/aggsProductCount', question,
  )
  const { stockOf, priceOf, close, deeds } = useRowDeeds(again)

  function ask(next) {
    setPicked([])
    if (JSON.stringify(next) === JSON.stringify(question)) again()
    else setQuestion(next)
  }

  function search(words) {
    const { tab, pageSize, order_field, sort } = question
    ask({ page: 0, pageSize, tab, ...words, order_field, sort })
  }

  function changeTab(tab) {
    window.history.replaceState(null, '', `/ffa/g/list?tab=${tab}`)
    ask({ ...question, page: 0, tab })
  }

  useEffect(() => { // the last row of the last page may be gone
    const last = Math.max(0, Math.ceil(total / question.pageSize) - 1)
    if (!busy && question.page > last) ask({ ...question, page: last })
  }, [busy, total])

  return html`
    <${Card} className="card goods-card">
      <${Tabs} items=${tabItems(counts)} activeKey=${question.tab} onChange=${changeTab} />
      <${SearchBar} onSearch=${search} />
      <${BatchBar} rows=${rows} picked=${picked} setPicked=${setPicked} question=${question}
        again=${again} />
      <${GoodsTable} rows=${rows} total=${total} busy=${busy} question=${question} ask=${ask}
        picked=${picked} setPicked=${setPicked} deeds=${deeds} />
    <//>
    <${StockDrawer} row=${stockOf} onClose=${close} onSaved=${again} />
    <${PriceModal} row=${priceOf} onClose=${close} onSaved=${again} />`
}

export function GoodsListPage({ params }) {
  return html`
    <div className="page">
      <div className="page-title">
        <h2>商品管理</h2>
        <${Button} type="primary" onClick=${() => go('/ffa/g/create')}>新建商品<//>
      </div>
      <${GoodsList} firstTab=${tabOf(params)} />
    </div>`
}
