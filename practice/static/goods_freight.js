// 运费模板: the shop's templates in a select, and a modal to see them all and to add one.

import { get, html, label, post, usePopupName, useState } from './kit.js'
import { Field } from './goods_fields.js'
import { usePart } from './goods_state.js'

const { App, Button, Form, Input, InputNumber, Modal, Radio, Select, Space, Table } = window.antd

const STEPS = 0
const FIXED = 1
const COLUMNS = [
  { title: '模板名称', dataIndex: 'label' },
  { title: '计价方式', dataIndex: 'kind', width: 140 },
]

export function FreightField({ form }) {
  const [templates, setTemplates] = useState(form.state.schema.options.freight_templates)
  const [shown, setShown] = useState('')

  async function reload() {
    const answer = await get('/product/tproduct/freightTemplates')
    if (answer.code === 0) setTemplates(answer.data)
  }

  async function added(value) {
    setShown('')
    await reload()
    form.set('freight_id', value)
  }

  return html`
    <${Field} form=${form} label="运费模板" required>
      <${Space}>
        <${Select} ...${usePopupName()} className="select wide" placeholder=${`请选择${label('运费模板')}`}
          options=${templates} value=${usePart(form, 'freight_id')}
          onChange=${(id) => form.set('freight_id', id)} />
        <${Button} type="link" onClick=${() => setShown('new')}>新建模板<//>
        <${Button} type="link" onClick=${() => setShown('all')}>管理模板<//>
      <//>
      <${Modal} open=${shown === 'all'} title="管理运费模板" footer=${null} width=${560}
        onCancel=${() => setShown('')}>
        <${Table} size="small" rowKey="value" columns=${COLUMNS} dataSource=${templates}
          pagination=${false} scroll=${{ y: 320 }} />
      <//>
      ${shown === 'new' && html`
        <${NewTemplate} kinds=${form.state.schema.options.freight_kinds} onAdded=${added}
          onClose=${() => setShown('')} />`}
    <//>`
}

const fen = (yuan) => (yuan == null ? null : Math.round(yuan * 100))

function NewTemplate({ kinds, onAdded, onClose }) {
  const { message } = App.useApp()
  const [node, setNode] = useState({ name: '', kind: STEPS, fee: null, next_fee: 0 })
  const [busy, setBusy] = useState(false)
  const change = (part) => setNode((old) => ({ ...old, ...part }))

  async function save() {
    setBusy(true)
    const sent = { ...node, fee: fen(node.fee), next_fee: fen(node.next_fee) ?? 0 }
    const answer = await post('/product/tproduct/addFreightTemplate', sent)
    setBusy(false)
    if (answer.code !== 0) return message.error(`保存失败：${answer.msg}`)
    message.success('保存成功')
    onAdded(answer.data.value)
  }

  const money = (part) => html`
    <${InputNumber} min=${0} precision=${2} controls=${false} addonAfter="元" value=${node[part]}
      onChange=${(value) => change({ [part]: value })} />`
  return html`
    <${Modal} open title="新建运费模板" okText="保存" cancelText="取消" confirmLoading=${busy}
      onOk=${save} onCancel=${onClose}>
      <${Form} component=${false} labelCol=${{ flex: '88px' }} colon=${false}>
        <${Form.Item} label="模板名称" required>
          <${Input} placeholder="请输入模板名称" value=${node.name} maxLength=${30}
            onChange=${(event) => change({ name: event.target.value })} />
        <//>
        <${Form.Item} label="计价方式" required>
          <${Radio.Group} options=${kinds} value=${node.kind}
            onChange=${(event) => change({ kind: event.target.value })} />
        <//>
        ${node.kind === FIXED && html`<${Form.Item} label="固定运费" required>${money('fee')}<//>`}
        ${node.kind === STEPS && html`
          <${Form.Item} label="首件运费" required>${money('fee')}<//>
          <${Form.Item} label="续件运费" required>${money('next_fee')}<//>`}
      <//>
    <//>`
}
