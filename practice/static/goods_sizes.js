// 尺码信息: what each size measures, in categories that have sizes.

import { html } from './kit.js'
import { Field } from './goods_fields.js'
import { usePart } from './goods_state.js'

const { Input } = window.antd

const SIZES = /尺码|鞋码/
const PLACEHOLDER = '请输入'

export const hasSizes = (schema) => schema.size_parts.length > 0

// Its frame is too narrow for all columns: what does not fit is reached by scrolling its box only.
export function SizeChart({ form }) {
  const chart = usePart(form, 'size_chart')
  const specs = usePart(form, 'specs')
  const parts = form.state.schema.size_parts
  const sizes = specs.find((spec) => SIZES.test(spec.name))?.values ?? []
  const change = (size, part, text) =>
    form.set('size_chart', (old) => ({ ...old, [size]: { ...old[size], [part]: text } }))
  const cell = (size, part) => html`
    <td key=${part}>
      <${Input} placeholder=${PLACEHOLDER} maxLength=${20} value=${chart[size]?.[part] ?? ''}
        onChange=${(event) => change(size, part, event.target.value)} />
    </td>`
  return html`
    <${Field} form=${form} label="尺码表">
      <div className="size-chart">
        <table>
          <thead><tr><th>尺码</th>${parts.map((part) => html`<th key=${part}>${part}(cm)</th>`)}</tr></thead>
          <tbody>
            ${sizes.map((size) => html`
              <tr key=${size}><td>${size}</td>${parts.map((part) => cell(size, part))}</tr>`)}
          </tbody>
        </table>
      </div>
    <//>`
}
