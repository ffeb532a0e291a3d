// What opens over the page: dialogs, drawers, menus, toasts.

import { html, useState } from '../kit.js'
import { Field } from './field.js'
import { note, save } from './truth.js'

const { App, Button, Drawer, Dropdown, Input, Modal, Popconfirm, Select, Space } = window.antd

const PLACES = ['仓库一', '仓库二', '仓库三'].map((name) => ({ label: name, value: name }))

// A dialog whose OK takes as long as the server does.
function FormModal() {
  const { message } = App.useApp()
  const [open, setOpen] = useState(false)
  const [busy, setBusy] = useState(false)
  const [code, setCode] = useState('')
  const [place, setPlace] = useState(null)

  async function ok() {
    setBusy(true)
    await save()
    setBusy(false)
    setOpen(false)
    note('modal', { code, place })
    message.success('修改成功')
  }

  return html`
    <${Button} onClick=${() => { setCode(''); setPlace(null); setOpen(true) }}>修改编码<//>
    <${Modal} open=${open} title="修改编码" okText="确定" cancelText="取消" confirmLoading=${busy}
      onOk=${ok} onCancel=${() => { note('modal', 'cancelled'); setOpen(false) }}>
      <${Field} label="商家编码">
        <${Input} value=${code} onChange=${(e) => setCode(e.target.value)} />
      <//>
      <${Field} label="发货仓">
        <${Select} className="narrow" options=${PLACES} value=${place} onChange=${setPlace} />
      <//>
    <//>`
}

function Asking() {
  const { message, modal } = App.useApp()

  function ask() {
    modal.confirm({
      title: '确定上架该商品？',
      content: '上架后买家可见',
      okText: '确定',
      cancelText: '取消',
      onCancel() { note('confirm', 'no') },
      async onOk() {
        await save()
        note('confirm', 'yes')
        message.success('操作成功')
      },
    })
  }

  return html`<${Button} onClick=${ask}>上架商品<//>`
}

function SideForm() {
  const [open, setOpen] = useState(false)
  const [remark, setRemark] = useState('')

  function keep() {
    note('drawer', remark)
    setOpen(false)
  }

  return html`
    <${Button} onClick=${() => { setRemark(''); setOpen(true) }}>填写备注<//>
    <${Drawer} open=${open} title="商家备注" onClose=${() => { note('drawer', 'closed'); setOpen(false) }}
      footer=${html`<${Button} onClick=${() => setOpen(false)}>取消<//>
                    <${Button} type="primary" onClick=${keep}>保存<//>`}>
      <${Field} label="备注内容">
        <${Input.TextArea} value=${remark} onChange=${(e) => setRemark(e.target.value)} />
      <//>
    <//>`
}

function Sure() {
  const { message } = App.useApp()
  const confirm = () => {
    note('popconfirm', 'yes')
    message.error('删除失败')
  }
  return html`
    <${Popconfirm} title="确定删除该商品？" okText="确定" cancelText="取消" onConfirm=${confirm}
      onCancel=${() => { note('popconfirm', 'no') }}>
      <${Button}>删除商品<//>
    <//>`
}

const VERBS = [
  { key: '下架', label: '下架' },
  { key: '移入回收站', label: '移入回收站' },
  { key: 'more', label: '批量设置', children: [{ key: '设置运费', label: '设置运费' }] },
]

function Menus() {
  const menu = { items: VERBS, onClick: ({ key }) => note('menu', key) }
  return html`
    <${Dropdown} menu=${menu}><${Button}>批量操作<//><//>
    <${Dropdown} menu=${menu} trigger=${['click']}><${Button}>点击操作<//><//>`
}

function Toasts() {
  const { message } = App.useApp()
  function burst() {
    message.success('保存成功')
    message.error('库存不足')
    message.warning('图片过大')
  }
  return html`
    <${Button} onClick=${() => message.success('已保存')}>成功提示<//>
    <${Button} onClick=${burst}>三条提示<//>`
}

export const Popups = () => html`
  <${Space} wrap>
    <${FormModal} /><${Asking} /><${SideForm} /><${Sure} /><${Menus} /><${Toasts} />
  <//>`
