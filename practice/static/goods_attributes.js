// 类目属性: what the category asks for, each kind with its own input.

import { css, html, useEffect, useState } from './kit.js'
import { loadAntd6 } from './aurora.js'
import { Field } from './goods_fields.js'
import { OwnSelect } from './goods_own_select.js'
import { isFilled } from './goods_product.js'
import { usePart } from './goods_state.js'

const { dayjs } = window
const { DatePicker, Form, Input, InputNumber, Spin, TreeSelect } = window.antd

export function AttributesField({ form }) {
  const values = usePart(form, 'attributes')
  const { attributes } = form.state.schema
  const change = (name, value) => form.set('attributes', (old) => ({ ...old, [name]: value }))
  return html`
    <div attr-field-id="类目属性" className="field">
      <${Form.Item} label="类目属性" required=${attributes.some((one) => one.required)}>
        <${Progress} attributes=${attributes} values=${values} />
        <div className=${css('styles_attributes')}>
          ${attributes.map((one) => html`
            <${Field} key=${one.name} form=${form} label=${one.name} required=${one.required}>
              <${AttributeInput} attribute=${one} value=${values[one.name]}
                onChange=${(value) => change(one.name, value)} />
            <//>`)}
        </div>
      <//>
    </div>`
}

function Progress({ attributes, values }) {
  const count = (list) => list.filter((one) => isFilled(values[one.name])).length
  const required = attributes.filter((one) => one.required)
  const important = attributes.filter((one) => one.important)
  const share = required.length ? Math.round((100 * count(required)) / required.length) : 100
  return html`
    <div className=${css('styles_progress')}>
      <span>必填项进度 ${share}%</span>
      ${important.length > 0 && html`<span>重要属性 ${count(important)}/${important.length}</span>`}
    </div>`
}

function AttributeInput({ attribute, value, onChange }) {
  const { name, type, options } = attribute
  if (type === 'text') {
    return html`<${Input} placeholder=${`请输入${name}`} maxLength=${100} value=${value ?? ''}
      onChange=${(event) => onChange(event.target.value)} />`
  }
  if (type === 'tree') {
    return html`<${TreeSelect} placeholder="请选择" value=${value} onChange=${onChange} allowClear
      className="fill" treeData=${options.map((title) => ({ title, value: title }))} />`
  }
  if (type === 'timestamp') {
    return html`<${DatePicker} className="fill" value=${value ? dayjs.unix(value) : null}
      onChange=${(day) => onChange(day ? day.startOf('day').unix() : null)} />`
  }
  const Kind = type === 'measure_multi' ? Measures : OwnSelect
  return html`<${Kind} attribute=${attribute} value=${value} onChange=${onChange} />`
}

// This field is newer than the rest of the page: Ant Design 6 under another prefix.
function Measures({ attribute, value, onChange }) {
  const parts = value ?? []
  const [six, setSix] = useState(null)
  useEffect(() => { loadAntd6().then((loaded) => setSix(() => loaded)) }, [])
  if (!six) return html`<${Spin} size="small" />`

  const kept = new Map(parts.map((part) => [part.value, part]))
  const pick = (names) => onChange(names.map((one) => kept.get(one) ?? { value: one, percent: null }))
  const share = (name, percent) =>
    onChange(parts.map((part) => (part.value === name ? { ...part, percent } : part)))
  return html`
    <span className="counter">${parts.length}/${attribute.max}</span>
    <${MeasureSelect} six=${six} attribute=${attribute} names=${[...kept.keys()]} onPick=${pick} />
    ${parts.map((part) => html`
      <div key=${part.value} className=${css('styles_measure')}>
        <span>${part.value}</span>
        <${InputNumber} placeholder="占比" min=${0} max=${100} precision=${2} controls=${false}
          suffix="%" value=${part.percent} onChange=${(percent) => share(part.value, percent)} />
      </div>`)}`
}

const SIX_THEME = { token: { colorPrimary: '#1966ff', borderRadius: 4 } }
const HOOK = 'click_multi_value_measure_composition_select'

// Its panel stays open until something else is clicked; not even Escape closes it.
function MeasureSelect({ six, attribute, names, onPick }) {
  const [open, setOpen] = useState(false)
  useEffect(() => {
    const inside = `.aurora-select-dropdown, [data-kora="${HOOK}"]`
    const close = (event) => event.target.closest(inside) || setOpen(false)
    document.addEventListener('mousedown', close, true)
    return () => document.removeEventListener('mousedown', close, true)
  }, [])
  return html`
    <${six.ConfigProvider} prefixCls="aurora" theme=${SIX_THEME}>
      <div data-kora=${HOOK}>
        <${six.Select} mode="multiple" className="fill" placeholder="请选择" value=${names}
          options=${attribute.options.map((one) => ({ label: one, value: one }))}
          maxCount=${attribute.max} open=${open} onChange=${onPick}
          onOpenChange=${(wanted) => wanted && setOpen(true)} />
      </div>
    <//>`
}
