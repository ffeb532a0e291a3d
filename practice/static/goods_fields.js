// The boxes of the create form: a label, a mark when something is wrong, and simple inputs.

import { css, html, label as shown } from './kit.js'
import { titleLength } from './goods_product.js'
import { useError, usePart } from './goods_state.js'

const { App, Button, Form, Input, Radio, Switch } = window.antd

// One field's box; the attribute is what robots find it by on the real site.
export function Field({ form, label, required, hint, children }) {
  const error = useError(form, label)
  return html`
    <div attr-field-id=${shown(label)} className="field">
      <${Form.Item} label=${shown(label)} required=${required} extra=${hint}
        validateStatus=${error ? 'error' : ''}
        help=${error && html`<span className=${css('style_errorSubTitle')}>${error}</span>`}>
        ${children}
      <//>
    </div>`
}

const Counter = ({ text, max }) => html`
  <span className="counter">${titleLength(text)}/${max}</span>`

export function TitleField({ form, withBrand }) {
  const title = usePart(form, 'title')
  return html`
    <${Field} form=${form} label="商品标题" required>
      <div id="goods-title-wrapper" className="beside">
        <${Input} id="pg-title-input" placeholder="请输入2-60个字符（1-30个汉字）"
          value=${title} onChange=${(event) => form.set('title', event.target.value)}
          suffix=${html`<${Counter} text=${title} max=${60} />`} />
        ${withBrand && html`<${BrandIntoTitle} form=${form} />`}
      </div>
    <//>`
}

function BrandIntoTitle({ form }) {
  const { message } = App.useApp()

  function put() {
    const { brand } = form.state.product
    if (!brand || brand.label === '无品牌') return message.warning('请先选择品牌')
    form.set('title', (title) => (title.startsWith(brand.label) ? title : brand.label + title))
  }

  return html`<${Button} type="link" onClick=${put}>使用品牌名<//>`
}

export function ShortTitleField({ form }) {
  const text = usePart(form, 'short_product_name')
  return html`
    <${Field} form=${form} label="导购短标题">
      <div data-better-log-outer-key="short_product_name">
        <${Input} className="select" placeholder="请输入导购短标题" value=${text}
          onChange=${(event) => form.set('short_product_name', event.target.value)}
          suffix=${html`<${Counter} text=${text} max=${24} />`} />
      </div>
    <//>`
}

export function TextField({ form, label, part, placeholder, maxLength }) {
  return html`
    <${Field} form=${form} label=${label}>
      <${Input} className="select" placeholder=${placeholder} maxLength=${maxLength}
        value=${usePart(form, part)} onChange=${(event) => form.set(part, event.target.value)} />
    <//>`
}

export function RadioField({ form, label, part, options, hint }) {
  return html`
    <${Field} form=${form} label=${label} required hint=${hint}>
      <${Radio.Group} options=${options} value=${usePart(form, part)}
        onChange=${(event) => form.set(part, event.target.value)} />
    <//>`
}

export function SwitchField({ form, label, part, beside }) {
  return html`
    <${Field} form=${form} label=${label}>
      <${Switch} checked=${usePart(form, part)} onChange=${(on) => form.set(part, on)} />
      ${beside}
    <//>`
}
