// 新建地址 and 编辑地址: the dialog of 地址库管理.

import { html, post, useEffect, usePopupName, useState } from './kit.js'

const { App, Checkbox, Form, Input, Modal, Select } = window.antd

const KINDS = ['手机', '普通座机', '企业座机'].map((label, value) => ({ value, label }))
const LEVELS = [['province', '省'], ['city', '市'], ['town', '区'], ['street', '街道']]
const required = [{ required: true, message: '必填' }]

const NEW = { link_type: 0, is_default: false, is_send_default: false, remark: '' }

function valuesOf(address) {
  const names = Object.fromEntries(LEVELS.map(([name]) => [name, address[name]?.name ?? '']))
  return { ...NEW, ...address, ...names }
}

export function AddressDialog({ address, onClose, onSaved }) {
  const { message } = App.useApp()
  const [form] = Form.useForm()
  const [busy, setBusy] = useState(false)
  useEffect(() => {
    form.resetFields()
    if (address) form.setFieldsValue(valuesOf(address))
  }, [address])

  async function save(told) {
    setBusy(true)
    const answer = await post('/shopuser/address/save', {
      address_id: address.address_id ?? 0,
      receiver_name: told.receiver_name,
      link_type: told.link_type,
      mobile: told.mobile,
      region: LEVELS.map(([name]) => told[name] ?? ''),
      region_codes: LEVELS.slice(0, 3).map(([name]) => // codes are kept while the names stay
        address[name]?.name === told[name] ? address[name].id : ''),
      detail: told.detail,
      is_default: told.is_default,
      is_send_default: told.is_send_default,
      remark: told.remark ?? '',
    })
    setBusy(false)
    if (answer.code !== 0) return message.error(answer.msg)
    message.success('保存成功')
    onClose()
    return onSaved()
  }

  const input = (name, label, more = {}) => html`
    <${Form.Item} name=${name} label=${label} rules=${more.rules ?? required}>
      <${Input} placeholder=${`请输入${label}`} maxLength=${more.most ?? 50} /><//>`
  return html`
    <${Modal} title=${address?.address_id ? '编辑地址' : '新建地址'} open=${Boolean(address)} width=${600}
      okText="保存" cancelText="取消" onOk=${form.submit} onCancel=${onClose} confirmLoading=${busy}
      forceRender>
      <${Form} form=${form} labelCol=${{ span: 5 }} wrapperCol=${{ span: 17 }} onFinish=${save}>
        ${input('receiver_name', '联系人')}
        <${Form.Item} name="link_type" label="电话类型">
          <${Select} ...${usePopupName()} options=${KINDS} /><//>
        ${input('mobile', '联系电话')}
        <${Form.Item} label="所在地区" required>
          <div className="region">${LEVELS.map(([name, text]) => html`
            <${Form.Item} name=${name} key=${name} noStyle rules=${name === 'town' ? [] : required}>
              <${Input} placeholder=${text} /><//>`)}</div>
        <//>
        ${input('detail', '详细地址', { most: 200 })}
        <${Form.Item} name="is_send_default" valuePropName="checked" wrapperCol=${{ offset: 5 }} noStyle>
          <${Checkbox} className="address-default">设为发货默认<//><//>
        <${Form.Item} name="is_default" valuePropName="checked" noStyle>
          <${Checkbox}>设为退货默认<//><//>
        ${input('remark', '备注', { rules: [], most: 200 })}
      <//>
    <//>`
}
