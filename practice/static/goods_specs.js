// 商品规格: up to three specs with their values, in an order of their own, and the 规格图.

import { css, html, label, useState } from './kit.js'
import { Field } from './goods_fields.js'
import { sendPicture } from './goods_pictures.js'
import { movedSkus } from './goods_product.js'
import { usePart } from './goods_state.js'

const { App, Button, Input, Modal } = window.antd

export function SpecField({ form }) {
  const { message } = App.useApp()
  const specs = usePart(form, 'specs')
  const { max_specs: maxSpecs, max_values: maxValues } = form.state.schema.rules

  function rename(at, values) {
    if (!fits(values)) return
    const next = specs.with(at, { ...specs[at], values })
    form.set('skus', (skus) => movedSkus(skus, specs, next))
    if (at === 0) form.set('specPics', (pics) => renamedPics(pics, specs[0].values, values))
    form.set('specs', next)
  }

  function change(at, values) {
    if (fits(values)) form.set('specs', specs.with(at, { ...specs[at], values }))
  }

  function fits(values) {
    if (new Set(values).size < values.length) message.error('规格值重复')
    else if (values.length > maxValues) message.error(`规格值不能超过${maxValues}个`)
    else return true
    return false
  }

  function addSpec(name) {
    if (specs.some((spec) => spec.name === name)) return message.error('规格名重复')
    form.set('specs', [...specs, { name, values: [] }])
  }

  return html`
    <${Field} form=${form} label="商品规格" required>
      ${specs.map((spec, at) => html`
        <${SpecBox} key=${spec.name} form=${form} spec=${spec} withPictures=${at === 0}
          onRename=${(values) => rename(at, values)} onChange=${(values) => change(at, values)} />`)}
      ${specs.length < maxSpecs && html`<${NewSpec} onAdd=${addSpec} />`}
    <//>`
}

function renamedPics(pics, oldValues, newValues) {
  const moved = { ...pics }
  oldValues.forEach((value, at) => {
    if (value === newValues[at]) return
    delete moved[value]
    if (pics[value]) moved[newValues[at]] = pics[value]
  })
  return moved
}

// One spec: an input for each value, and an empty last one to add the next.
function SpecBox({ form, spec, withPictures, onRename, onChange }) {
  const { name, values } = spec
  const swap = (at, other) => onChange(values.with(at, values[other]).with(other, values[at]))
  return html`
    <div className=${css('styles_specBox')}>
      <div className=${css('styles_specTitle')}>
        ${name}${withPictures && html`<${BatchPictures} form=${form} values=${values} />`}
      </div>
      <div id=${`skuValue-${name}`} className=${css('styles_specValues')}>
        ${values.map((value, at) => html`
          <div key=${value} className=${css('styles_specValue')}>
            <${ValueInput} name=${name} value=${value}
              onCommit=${(text) => onRename(values.with(at, text))} />
            <span className="remove" data-kora="删除规格值" title="删除规格值" role="img"
              onClick=${() => onChange(values.toSpliced(at, 1))}>×</span>
            <div className="value-tools">
              ${withPictures && html`<${PictureLabel} form=${form} value=${value} at=${at} />`}
              ${at > 0 && html`<a title="上移" onClick=${() => swap(at, at - 1)}>上移</a>`}
              ${at < values.length - 1 && html`<a title="下移" onClick=${() => swap(at, at + 1)}>下移</a>`}
            </div>
          </div>`)}
        <div key="the next value" className=${css('styles_specValue')}>
          <${ValueInput} name=${name} value="" onCommit=${(text) => onChange([...values, text])} />
        </div>
      </div>
      ${withPictures && values.map((value, at) => html`
        <${PictureInput} key=${value} form=${form} value=${value} at=${at} />`)}
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

const inputId = (at) => `spec-picture-${at}`

// The file inputs stand below the values, so that a value's box holds its one text input.
function PictureLabel({ form, value, at }) {
  const picture = usePart(form, 'specPics')[value]
  return html`
    <label htmlFor=${inputId(at)} className=${css('styles_imgWrapper')} title="添加规格图">
      ${picture ? html`<img src=${picture.url} alt="规格图" />` : '添加规格图'}
    </label>`
}

function PictureInput({ form, value, at }) {
  const { message } = App.useApp()

  async function take(event) {
    const [file] = event.target.files
    event.target.value = ''
    const picture = await sendPicture(file, 'spec', message)
    if (picture) form.set('specPics', (pics) => ({ ...pics, [value]: picture }))
  }

  return html`<input type="file" accept="image/*" id=${inputId(at)} hidden onChange=${take} />`
}

// The n-th file becomes the picture of the n-th value.
function BatchPictures({ form, values }) {
  const { message } = App.useApp()

  async function take(event) {
    const files = [...event.target.files].slice(0, values.length)
    event.target.value = ''
    const pictures = await Promise.all(files.map((file) => sendPicture(file, 'spec', message)))
    const found = Object.fromEntries(pictures.map((picture, at) => [values[at], picture]))
    form.set('specPics', (pics) => ({ ...pics, ...found }))
  }

  return html`
    <label className="batch-pictures">${label('批量上传规格图')}
      <input type="file" accept="image/*" multiple hidden onChange=${take} />
    </label>`
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
