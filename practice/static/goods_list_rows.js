// What stands in a row of 商品管理, and what its links do.

import { css, go, html, post, time, useState, yuan } from './kit.js'

const { App, Dropdown, Popover } = window.antd

const DOTS = {
  售卖中: 'good', 审核中: 'busy', 审核未通过: 'bad', 审核通过待上架: 'busy', 封禁: 'bad',
}
const [ONLINE, DELETED] = [0, 2]
const [REJECTED, BANNED] = [4, 5]
const PASSED = [3, 7] // check_status: 审核通过, 审核通过待上架

export const rowKey = (row) => row.draft_id ? `draft-${row.draft_id}` : row.product_id

function editAddress({ product_id: id, draft_id: draft }) {
  const edit = id ? `product_id=${id}&entrance=edit` : ''
  return `/ffa/g/create?${[edit, draft && `draft_id=${draft}`].filter(Boolean).join('&')}`
}
const isChangeable = (row) =>
  !row.draft_id && row.status !== DELETED && row.check_status !== BANNED

function priceText({ price_lower: low, price_higher: high }) {
  return low === high ? `￥${yuan(low)}` : `￥${yuan(low)} ~ ￥${yuan(high)}`
}

// 渠道品: what each channel keeps of the stock, fetched when it is asked for.
function Channels({ row }) {
  const [lines, setLines] = useState(['加载中'])
  async function load(open) {
    if (!open) return
    const { data } = await post('/stock/manage/detail', { product_id: row.product_id })
    const sums = {}
    for (const sku of data?.sku_detail_list ?? []) {
      for (const item of sku.occupy_items) {
        sums[item.channel_id] = (sums[item.channel_id] ?? 0) + item.occupy_stock_num
      }
    }
    setLines(Object.entries(sums).map(([id, held]) => `渠道${id}：占用库存 ${held}`))
  }
  const words = html`<div>${lines.map((line) => html`<div key=${line}>${line}</div>`)}</div>`
  return html`
    <${Popover} trigger="click" title="渠道品" content=${words} onOpenChange=${load}>
      <a>查看渠道品(${row.channel_num})</a>
    <//>`
}

function ProductCell({ row }) {
  return html`
    <div className=${css('style_product')}>
      <img className=${css('style_picture')} src=${row.img || undefined} alt="" />
      <div className=${css('style_words')}>
        <a className=${css('style_name')} title=${row.name}
          onClick=${() => go(editAddress(row))}>${row.name || '未填写标题'}</a>
        ${row.product_id && html`<div className=${css('style_id')}>ID:${row.product_id}</div>`}
        <div className=${css('style_code')}>商家编码：${row.merchant_code || '-'}</div>
        ${row.channel_num > 0 && html`<${Channels} row=${row} />`}
      </div>
    </div>`
}

function Pen({ name, row, onClick, ...rest }) {
  if (!isChangeable(row)) return null
  return html` <span className="pen" title=${name} onClick=${onClick} ...${rest}>✎</span>`
}

const PriceCell = ({ row, deeds }) => html`
  ${priceText(row)}<${Pen} name="修改价格" row=${row} onClick=${() => deeds.changePrice(row)} />`

const StockCell = ({ row, deeds }) => html`
  ${row.stock_num}<${Pen} name="修改库存" data-kora="修改库存" row=${row}
    onClick=${() => deeds.changeStock(row)} />`

function Reasons({ row }) {
  if (![REJECTED, BANNED].includes(row.check_status)) return null
  const lines = row.reject_reasons.map((one) => html`<li key=${one}>${one}</li>`)
  return html`
    <${Popover} trigger="click" title=${`${row.tab}原因`}
      content=${html`<ul className="reasons">${lines}</ul>`}>
      <a className="why">查看原因</a>
    <//>`
}

const StateCell = ({ row }) => html`
  <div>${time(row.create_time)}</div>
  <div className="state"><i className=${`dot ${DOTS[row.tab] || ''}`} />${row.tab} <${Reasons} row=${row} /></div>`

function More({ row, deeds }) {
  const items = [
    { key: 'copy', label: '复制', onClick: () => go(`/ffa/g/create?copyid=${row.product_id}`) },
    { key: 'stock', label: '修改库存', onClick: () => deeds.changeStock(row) },
    { key: 'price', label: '修改价格', onClick: () => deeds.changePrice(row) },
    { key: 'delete', label: '删除', onClick: () => deeds.act(row, 'delete', '删除') },
  ]
  return html`<${Dropdown} menu=${{ items }}><a>更多</a><//>`
}

function ActionCell({ row, deeds }) {
  const act = (verb, word) => html`<a onClick=${() => deeds.act(row, verb, word)}>${word}</a>`
  if (row.draft_id) {
    return html`<div className="actions">
      <a onClick=${() => go(editAddress(row))}>继续编辑</a>${act('delDraft', '删除')}</div>`
  }
  if (row.status === DELETED) {
    return html`<div className="actions">
      ${act('recover', '恢复')}${act('deleteForever', '彻底删除')}</div>`
  }
  if (row.check_status === BANNED) return '-'
  const offSale = row.status !== ONLINE && PASSED.includes(row.check_status)
  return html`
    <div className="actions">
      <a onClick=${() => go(editAddress(row))}>编辑</a>
      ${offSale && act('online', '上架')}
      ${row.status === ONLINE && act('offline', '下架')}
      <${More} row=${row} deeds=${deeds} />
    </div>`
}

const leafOf = (row) => (row.category_name || '-').split(' > ').at(-1)

// td1 to td7; td0 holds the checkbox.
export function columns(question, deeds) {
  const all = [
    { title: '商品', render: (_, row) => html`<${ProductCell} row=${row} />` },
    { title: '价格', width: 178, key: 'discount_price', sorter: true,
      render: (_, row) => html`<${PriceCell} row=${row} deeds=${deeds} />` },
    { title: '销量', width: 84, key: 'sell_num', sorter: true, render: (_, row) => row.sell_num },
    { title: '总库存', width: 100, key: 'stock_num', sorter: true,
      render: (_, row) => html`<${StockCell} row=${row} deeds=${deeds} />` },
    { title: '商品类目', width: 108, render: (_, row) => leafOf(row) },
    { title: '创建时间/状态', width: 178, key: 'create_time', sorter: true,
      render: (_, row) => html`<${StateCell} row=${row} />` },
    { title: '操作', width: 138, render: (_, row) => html`<${ActionCell} row=${row} deeds=${deeds} />` },
  ]
  const order = question.sort === 'asc' ? 'ascend' : 'descend'
  return all.map((one) => one.sorter
    ? { ...one, sortOrder: one.key === question.order_field ? order : null } : one)
}

const WARNINGS = {
  delete: '删除后可在回收站恢复',
  deleteForever: '彻底删除后无法恢复',
}

// What a click in a row starts: a confirm, the stock drawer or the price dialog.
export function useRowDeeds(again) {
  const { message, modal } = App.useApp()
  const [stockOf, changeStock] = useState(null)
  const [priceOf, changePrice] = useState(null)

  function act(row, verb, word) {
    const ids = row.draft_id ? { draft_id: row.draft_id } : { product_id: row.product_id }
    modal.confirm({
      title: row.draft_id ? `确定${word}该草稿？` : `确定${word}该商品？`,
      content: html`<div>${row.name}</div><div className="quiet">${WARNINGS[verb]}</div>`,
      okText: '确定',
      cancelText: '取消',
      async onOk() {
        const answer = await post(`/product/tproduct/${verb}`, ids)
        if (answer.code === 0) message.success('操作成功')
        else message.error(`操作失败：${answer.msg}`)
        again()
      },
    })
  }

  function close() {
    changeStock(null)
    changePrice(null)
  }

  return { stockOf, priceOf, close, deeds: { act, changeStock, changePrice } }
}
