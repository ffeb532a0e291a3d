// /ffa/morder/logistics/address-list: 地址库管理.

import { get, html, post, useEffect, useState } from './kit.js'
import { AddressDialog } from './address_dialog.js'

const { App, Button, Card, Table, Tag } = window.antd

const placeText = (one) => [...new Set(
  [one.province.name, one.city.name, one.town.name, one.street.name])].join('') + one.detail

function useAddresses(page) {
  const { message } = App.useApp()
  const [list, setList] = useState({ rows: [], total: 0 })
  const [round, setRound] = useState(0)
  useEffect(() => {
    get('/shopuser/address/list', { page, pageSize: 10 }).then((answer) => {
      if (answer.code === 0) setList({ rows: answer.data, total: answer.total })
      else message.error(answer.msg)
    })
  }, [page, round])
  return { ...list, again: () => setRound((n) => n + 1) }
}

const columns = (edit, remove) => [
  { title: '联系人', dataIndex: 'receiver_name', width: 120 },
  { title: '联系电话', dataIndex: 'mobile', width: 160 },
  { title: '地址', render: (_, one) => placeText(one) },
  {
    title: '默认', width: 170, render: (_, one) => html`
      ${one.is_send_default && html`<${Tag} color="blue">发货默认<//>`}
      ${one.is_default && html`<${Tag} color="green">退货默认<//>`}`,
  },
  { title: '备注', dataIndex: 'remark', width: 140 },
  {
    title: '操作', width: 110, render: (_, one) => html`
      <div className="actions"><a onClick=${() => edit(one)}>编辑</a><a onClick=${() => remove(one)}>删除</a></div>`,
  },
]

export function AddressBookPage() {
  const { message, modal } = App.useApp()
  const [page, setPage] = useState(1)
  const [edited, setEdited] = useState(null)
  const { rows, total, again } = useAddresses(page)

  function remove({ address_id }) {
    modal.confirm({
      title: '确定删除该地址？',
      okText: '确定',
      cancelText: '取消',
      async onOk() {
        const answer = await post('/shopuser/address/delete', { address_id })
        if (answer.code === 0) message.success('操作成功')
        else message.error(answer.msg)
        again()
      },
    })
  }

  return html`
    <div className="page">
      <div className="page-title"><h2>地址库管理</h2>
        <${Button} type="primary" onClick=${() => setEdited({})}>新建地址<//></div>
      <${Card} className="card">
        <${Table} rowKey="address_id" columns=${columns(setEdited, remove)} dataSource=${rows}
          pagination=${{ current: page, pageSize: 10, total, onChange: setPage, showTotal: (n) => `共 ${n} 条` }} />
      <//>
      <${AddressDialog} address=${edited} onClose=${() => setEdited(null)} onSaved=${again} />
    </div>`
}
