// The table of 价格与库存 that follows from the specs, and 参考价.

import { css, html, useMemo, useState } from './kit.js'
import { Field } from './goods_fields.js'
import { PictureList } from './goods_pictures.js'
import { combinations, skuKey } from './goods_product.js'
import { usePart, useSku } from './goods_state.js'

const { Button, Input, InputNumber, Select, Space, Table } = window.antd

const MANY_ROWS = 50
const VIRTUAL = { virtual: true, scroll: { x: 784, y: 440 }, components: { body: { row: 'tr', cell: 'td' } } }

// Each cell follows its own number only.
function PriceCell({ form, id }) {
  return html`
    <${InputNumber} value=${useSku(form, id, 'price')} min=${0} precision=${2} controls=${false}
      prefix="￥" onChange=${(price) => setSku(form, id, { price })} />`
}

function StockCell({ form, id }) {
  return html`
    <${InputNumber} value=${useSku(form, id, 'stock_num')} min=${0} precision=${0}
      controls=${false} onChange=${(stock_num) => setSku(form, id, { stock_num })} />`
}

function CodeCell({ form, id }) {
  return html`
    <${Input} value=${useSku(form, id, 'code')} maxLength=${255}
      onChange=${(event) => setSku(form, id, { code: event.target.value })} />`
}

function setSku(form, id, part) {
  form.set('skus', (skus) => ({ ...skus, [id]: { ...skus[id], ...part } }))
}

function skuColumns(form, specNames) {
  const cell = (Cell) => (_, row) => html`<${Cell} form=${form} id=${row.id} />`
  const specText = (_, row) => html`<span className=${css('styles_specName')}>${row.spec}</span>`
  return [
    { title: '序号', width: 64, render: (_, row, at) => at + 1 },
    { title: specNames.join(' / '), width: 200, render: specText },
    { title: '价格', className: 'attr-column-field_price', width: 140, render: cell(PriceCell) },
    { title: '现货库存', className: 'attr-column-field_stock_info', width: 120, render: cell(StockCell) },
    { title: '商家编码', className: 'attr-column-field_code', width: 260, render: cell(CodeCell) },
  ]
}

export function SkuField({ form }) {
  const specs = usePart(form, 'specs')
  const [rows, columns] = useMemo(() => {
    const names = specs.filter((spec) => spec.values.length).map((spec) => spec.name)
    const all = combinations(specs).map((values) => ({ id: skuKey(values), spec: values.join(' / ') }))
    return [all, skuColumns(form, names)]
  }, [specs])

  function changeAll(part) {
    form.set('skus', (skus) => {
      const changed = { ...skus }
      for (const { id } of rows) changed[id] = { ...skus[id], ...part }
      return changed
    })
  }

  return html`
    <${Field} form=${form} label="价格与库存" required>
      <${BatchStrip} onSet=${changeAll} />
      <${Table} size="small" rowKey="id" columns=${columns} dataSource=${rows} pagination=${false}
        locale=${{ emptyText: '请先选择商品规格' }} ...${rows.length > MANY_ROWS ? VIRTUAL : {}} />
    <//>`
}

// Puts one price and one stock into every row; what is left empty changes nothing.
function BatchStrip({ onSet }) {
  const [price, setPrice] = useState(null)
  const [stock, setStock] = useState(null)

  function setAll() {
    const part = {}
    if (price != null) part.price = price
    if (stock != null) part.stock_num = stock
    onSet(part)
  }

  return html`
    <${Space} className=${css('styles_inputBox')}>
      <${InputNumber} placeholder="价格" min=${0} precision=${2} controls=${false} value=${price}
        onChange=${setPrice} />
      <${InputNumber} placeholder="现货库存" min=${0} precision=${0} controls=${false}
        value=${stock} onChange=${setStock} />
      <${Button} onClick=${setAll}>批量设置<//>
    <//>`
}

export function ReferencePriceField({ form }) {
  const reference = usePart(form, 'reference')
  const types = form.state.schema.options.reference_price_types
  const change = (part) => form.set('reference', (old) => ({ ...old, ...part }))
  return html`
    <${Field} form=${form} label="参考价" hint="需大于商品价格，且小于最低SKU价格的10倍">
      <${Space} align="start" wrap>
        <${Select} className="type" placeholder="参考价类型" allowClear options=${types}
          value=${reference.type} onChange=${(type) => change({ type: type ?? null })} />
        <${InputNumber} placeholder="参考价" min=${0} precision=${2} controls=${false} prefix="￥"
          value=${reference.price} onChange=${(price) => change({ price })} />
        <div>
          <${PictureList} files=${reference.proof} max=${1} use="proof" buttonText="参考价凭证"
            onChange=${(proof) => change({ proof })} />
        </div>
      <//>
    <//>`
}
