// 修改库存: a drawer of the shell's own kit (auxo), as on the real site.

import { Kit, html, post, useEffect, useState } from './kit.js'

const { App, Button, ConfigProvider, Drawer, InputNumber, Table } = window.antd

const free = (sku) => sku.total_stock_num - sku.total_occupied_stock_num

const columns = (changes, put) => [
  {
    title: 'SKU信息', render: (_, sku) => html`
      <div>${sku.spec}</div>
      <div className="quiet">SKU ID:${sku.sku_id}</div>
      <div className="quiet">商家编码：${sku.sku_code || '-'}</div>`,
  },
  {
    title: '现货库存增减', width: 140, render: (_, sku) => html`
      <${InputNumber} data-kora="库存增减-输入框" precision=${0} placeholder="增减数量"
        value=${changes[sku.sku_id]} onChange=${(value) => put(sku.sku_id, value)} />`,
  },
  {
    title: '改后现货库存', width: 116,
    render: (_, sku) => sku.total_stock_num + (changes[sku.sku_id] ?? 0),
  },
  { title: '预售库存', width: 88, render: () => 0 },
  { title: '占用库存', width: 88, dataIndex: 'total_occupied_stock_num' },
  {
    title: '未占用库存(清零)', width: 140, render: (_, sku) => html`
      ${free(sku)} <a onClick=${() => put(sku.sku_id, -free(sku))}>清零</a>`,
  },
]

function useStock(row) {
  const { message } = App.useApp()
  const [stock, setStock] = useState(null)
  useEffect(() => {
    setStock(null)
    if (!row) return
    const asked = { product_id: row.product_id }
    const answers = [post('/stock/manage/get_product_info', asked), post('/stock/manage/detail', asked)]
    Promise.all(answers).then(([head, detail]) => {
      const bad = [head, detail].find(({ code }) => code !== 0)
      if (bad) message.error(bad.msg)
      else setStock({ ...head.data, skus: detail.data.sku_detail_list })
    })
  }, [row])
  return stock
}

function StockForm({ row, onClose, onSaved }) {
  const { message } = App.useApp()
  const stock = useStock(row)
  const [changes, setChanges] = useState({})
  const [key, setKey] = useState('')
  const [busy, setBusy] = useState(false)
  useEffect(() => { // one key for each opening: a save that is sent twice counts once
    setChanges({})
    setKey(`${row?.product_id}-${Date.now()}-${Math.random().toString(36).slice(2, 8)}`)
  }, [row])

  async function save() {
    const list = Object.entries(changes)
      .filter(([, value]) => value)
      .map(([sku_id, value]) => ({ sku_id, stock_num: value }))
    if (!list.length) return message.warning('库存未修改')
    setBusy(true)
    const body = { product_id: row.product_id, idempotent_id: key, incremental: true, sku_list: list }
    const answer = await post('/stock/manage/edit', body)
    setBusy(false)
    if (answer.code !== 0) return message.error(`保存失败：${answer.msg}`)
    message.success('保存成功')
    onClose()
    return onSaved()
  }

  const put = (id, value) => setChanges((old) => ({ ...old, [id]: value }))
  const footer = html`
    <div className="drawer-footer">
      <${Button} onClick=${onClose}>取消<//>
      <${Button} type="primary" loading=${busy} onClick=${save}>保存<//>
    </div>`
  return html`
    <${Drawer} title="修改库存" open=${Boolean(row)} width=${860} onClose=${onClose} footer=${footer}>
      <div className="stock-head">
        <strong>${stock?.name}</strong>
        <div className="quiet">商品ID: ${row?.product_id}</div>
        <div className="quiet">商品总库存: ${stock?.total_stock_num}</div>
      </div>
      <${ConfigProvider} prefixCls="optimus_fems">
        <${Table} size="small" rowKey="sku_id" columns=${columns(changes, put)}
          dataSource=${stock?.skus ?? []} loading=${!stock} pagination=${false} />
      <//>
    <//>`
}

export const StockDrawer = (props) => html`<${Kit} prefix="auxo"><${StockForm} ...${props} /><//>`
