// One labelled field, with the attribute that robots find it by on the real site.

import { html } from '../kit.js'

const { Form } = window.antd

export function Field({ label, error, children }) {
  return html`
    <div attr-field-id=${label}>
      <${Form.Item} label=${label} help=${error} validateStatus=${error ? 'error' : ''}>
        ${children}
      <//>
    </div>`
}
