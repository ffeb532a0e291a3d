// A searched select that may take words of the shop's own: 暂无数据 → 新建<属性> → ✓ → 确定.

import { css, html, usePopupName, useState } from './kit.js'

const { Button, Input, Select } = window.antd

const TICK = 'data:image/svg+xml,' + encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16" fill="none" stroke="#1966ff"'
  + ' stroke-width="2"><path d="M3 8l4 4 6-8"/></svg>',
)

export function OwnSelect({ attribute, value, onChange }) {
  const { name, own, max, type } = attribute
  const many = type === 'multi_select'
  const chosen = many ? value ?? [] : [value].filter(Boolean)
  const [open, setOpen] = useState(false)
  const [words, setWords] = useState('')
  const [making, setMaking] = useState(null)
  const options = [...new Set([...attribute.options, ...chosen])]
  const missing = own && words.trim() && !options.some((one) => one.includes(words.trim()))

  function close() {
    setOpen(false)
    setMaking(null)
  }

  function make() {
    const text = making.trim()
    setMaking(null)
    if (text) onChange(many ? [...new Set([...chosen, text])].slice(0, max) : text)
  }

  function change(next) {
    onChange(next ?? null)
    if (!many) close()
  }

  const popup = (menu) => html`
    ${menu}
    ${(missing || making != null) && html`
      <${NewWord} name=${name} text=${making} setText=${setMaking} onMake=${make}
        onStart=${() => setMaking(words.trim())} />`}
    ${(many || own) && html`
      <div className=${css('styles_popupFooter')}>
        <${Button} type="primary" size="small" onClick=${close}>确定<//>
      </div>`}`
  return html`
    <${Select} ...${usePopupName()} className="fill" mode=${many ? 'multiple' : undefined} showSearch allowClear
      placeholder=${`请选择${name}`} value=${many ? chosen : value} onChange=${change}
      maxCount=${many ? max : undefined} optionFilterProp="label"
      options=${options.map((one) => ({ label: one, value: one }))} open=${open}
      onOpenChange=${(wanted) => (wanted ? setOpen(true) : close())}
      onSearch=${setWords} popupRender=${popup} />`
}

// The link must not take the focus: the select would forget what was typed before the click counts.
const NewWord = ({ name, text, setText, onStart, onMake }) => html`
  <div className=${css('styles_newSKU')}>
    ${text == null
      ? html`<a onClick=${onStart} onMouseDown=${(event) => event.preventDefault()}>新建${name}</a>`
      : html`
        <${Input} size="small" value=${text} maxLength=${20}
          onChange=${(event) => setText(event.target.value)}
          onKeyDown=${(event) => event.stopPropagation()} />
        <img alt="确认" src=${TICK} onClick=${onMake} />`}
  </div>`
