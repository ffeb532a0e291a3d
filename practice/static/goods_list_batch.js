// 全选, 批量上架, 批量下架 and 导出查询商品 above the table.

import { html, post } from './kit.js'
import { rowKey } from './goods_list_rows.js'
import { canPick } from './goods_list_table.js'

const { App, Button, Checkbox, Table } = window.antd

const REASON_COLUMNS = [
  { title: '商品', dataIndex: 'name', ellipsis: true },
  { title: '商品ID', dataIndex: 'product_id', width: 190 },
  { title: '失败原因', dataIndex: 'msg', width: 190 },
]

function Failures({ done, failed }) {
  return html`
    <p>成功 ${done.length} 件，失败 ${failed.length} 件</p>
    <${Table} size="small" rowKey="product_id" columns=${REASON_COLUMNS} dataSource=${failed}
      pagination=${false} scroll=${{ y: 300 }} />`
}

export function BatchBar({ rows, picked, setPicked, question, again }) {
  const { message, modal } = App.useApp()
  const keys = rows.filter(canPick).map(rowKey)
  const all = keys.length > 0 && keys.every((key) => picked.includes(key))

  async function carryOut(verb) {
    const answer = await post(`/product/tproduct/${verb}`, { product_ids: picked })
    if (answer.code !== 0) {
      message.error(`操作失败：${answer.msg}`)
    } else if (answer.data.fail.length) {
      modal.warning({
        title: '部分商品操作失败',
        width: 640,
        content: html`<${Failures} done=${answer.data.success} failed=${answer.data.fail} />`,
        okText: '知道了',
      })
    } else {
      message.success('操作成功')
    }
    setPicked([])
    again()
  }

  function confirm(verb, word, okText) {
    modal.confirm({
      title: `确定${word}选中的${picked.length}件商品？`,
      okText,
      cancelText: '取消',
      onOk() { carryOut(verb) }, // the dialog closes at once, the toast follows
    })
  }

  const address = `/product/tproduct/export?${new URLSearchParams(question)}`
  return html`
    <div className="batch-bar">
      <${Checkbox} checked=${all} indeterminate=${!all && picked.length > 0}
        disabled=${!keys.length} onChange=${() => setPicked(all ? [] : keys)}>全选<//>
      <span className="quiet">已选 ${picked.length} 件</span>
      <${Button} disabled=${!picked.length}
        onClick=${() => confirm('batchOnline', '上架', '确定')}>批量上架<//>
      <${Button} disabled=${!picked.length}
        onClick=${() => confirm('batchOffline', '下架', '仍要下架')}>批量下架<//>
      <${Button} className="export" href=${address} download>导出查询商品<//>
    </div>`
}
