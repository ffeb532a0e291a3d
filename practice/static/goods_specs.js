// 商品规格 and the table of 价格与库存 that follows from it.

import { css, html, memo, useCallback, useState } from './kit.js'
import { Field } from './goods_fields.js'
import { combinations, movedSkus, skuKey } from './goods_product.js'

const { App, Button, Input, InputNumber, Modal, Space, Table } = window.antd

export function SpecField({ product, set, error }) {
  const { message } = App.useApp()

  function change(at, values) {
    if (new Set(values).size < values.length) return message.error('规格值重复')
    const { name } = product.specs[at]
    const specs = product.specs.with(at, { name, values })
    if (values.length === product.specs[at].values.length) {
      set('skus', (skus) => movedSkus(skus, product.specs, specs))
    }
    set('specs', specs)
  }

  function addSpec(name) {
    if (product.specs.some((spec) => spec.name === name)) return message.error('规格名重复')
    set('specs', [...product.specs, { name, values: [] }])
  }

  return html`
    <${Field} label="商品规格" required error=${error}>
      ${product.specs.map((spec, at) => html`
        <${SpecBox} key=${spec.name} spec=${spec} onChange=${(values) => change(at, values)} />`)}
      <${NewSpec} onAdd=${addSpec} />
    <//>`
}

// One spec: an input for each value, and an empty last one to add the next.
function SpecBox({ spec, onChange }) {
  const { name, values } = spec
  return html`
    <div className=${css('styles_specBox')}>
      <div className=${css('styles_specTitle')}>${name}</div>
      <div id=${`skuValue-${name}`} className=${css('styles_specValues')}>
        ${values.map((value, at) => html`
          <div key=${value} className=${css('styles_specValue')}>
            <${ValueInput} name=${name} value=${value}
              onCommit=${(text) => onChange(values.with(at, text))} />
            <span className="remove" data-kora="删除规格值" title="删除规格值" role="img"
              onClick=${() => onChange(values.toSpliced(at, 1))}>×</span>
          </div>`)}
        <div key="the next value" className=${css('styles_specValue')}>
          <${ValueInput} name=${name} value="" onCommit=${(text) => onChange([...values, text])} />
        </div>
      </div>
    </div>`
}

// Hands its text over on Enter and when it is left; an emptied one falls back to its value.
function ValueInput({ name, value, onCommit }) {
  const [text, setText] = useState(value)

  function commit() {
    const wanted = text.trim()
    setText(value)
    if (wanted && wanted !== value) onCommit(wanted)
  }

  return html`
    <${Input} placeholder=${`请选择/输入${name}`} value=${text} onBlur=${commit}
      onPressEnter=${commit} onChange=${(event) => setText(event.target.value)} />`
}

function NewSpec({ onAdd }) {
  const [open, setOpen] = useState(false)
  const [name, setName] = useState('')

  function add() {
    if (name.trim()) onAdd(name.trim())
    setName('')
    setOpen(false)
  }

  return html`
    <${Button} type="dashed" onClick=${() => setOpen(true)}>创建类型<//>
    <${Modal} open=${open} title="创建类型" width=${420} okText="确定" cancelText="取消" onOk=${add}
      onCancel=${() => setOpen(false)}>
      <${Input} placeholder="请输入规格名" value=${name} onPressEnter=${add}
        onChange=${(event) => setName(event.target.value)} />
    <//>`
}

// Memoised: typing into one cell must not draw the inputs of two hundred others again.
const PriceCell = memo(({ id, value, onChange }) => html`
  <${InputNumber} value=${value} min=${0} precision=${2} controls=${false} prefix="￥"
    onChange=${(price) => onChange(id, { price })} />`)

const StockCell = memo(({ id, value, onChange }) => html`
  <${InputNumber} value=${value} min=${0} precision=${0} controls=${false}
    onChange=${(stock_num) => onChange(id, { stock_num })} />`)

const CodeCell = memo(({ id, value, onChange }) => html`
  <${Input} value=${value} maxLength=${255}
    onChange=${(event) => onChange(id, { code: event.target.value })} />`)

function skuColumns(specNames, onChange) {
  const cell = (Cell, part) => (_, row) =>
    html`<${Cell} id=${row.id} value=${row[part]} onChange=${onChange} />`
  const specText = (_, row) => html`<span className=${css('styles_specName')}>${row.spec}</span>`
  return [
    { title: '序号', width: 64, render: (_, row, at) => at + 1 },
    { title: specNames.join(' / '), width: 200, render: specText },
    { title: '价格', className: 'attr-column-field_price', width: 150, render: cell(PriceCell, 'price') },
    {
      title: '现货库存',
      className: 'attr-column-field_stock_info',
      width: 130,
      render: cell(StockCell, 'stock_num'),
    },
    { title: '商家编码', className: 'attr-column-field_code', render: cell(CodeCell, 'code') },
  ]
}

export function SkuField({ product, set, error }) {
  const combos = combinations(product.specs)
  const specNames = product.specs.filter((spec) => spec.values.length).map((spec) => spec.name)
  const rows = combos.map((values) => {
    const id = skuKey(values)
    return { id, spec: values.join(' / '), ...product.skus[id] }
  })
  const changeOne = useCallback((id, part) => {
    set('skus', (skus) => ({ ...skus, [id]: { ...skus[id], ...part } }))
  }, [])

  function changeAll(part) {
    set('skus', (skus) => {
      const changed = { ...skus }
      for (const { id } of rows) changed[id] = { ...skus[id], ...part }
      return changed
    })
  }

  return html`
    <${Field} label="价格与库存" required error=${error}>
      <${BatchStrip} onSet=${changeAll} />
      <${Table} size="small" rowKey="id" columns=${skuColumns(specNames, changeOne)}
        dataSource=${rows} pagination=${false} locale=${{ emptyText: '请先选择商品规格' }} />
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
