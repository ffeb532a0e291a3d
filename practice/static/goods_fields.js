// Fields of the create form that both steps use: the labelled box, title, pictures, category.

import { css, get, html, postFile, useEffect, useState } from './kit.js'
import { titleLength, uploaded } from './goods_product.js'

const { App, Button, Form, Input, Modal, Upload } = window.antd

const MAX_BYTES = 5 * 1024 * 1024
const PICTURE_TYPES = ['image/jpeg', 'image/png']

// One field's box; the attribute is what robots find it by on the real site.
export function Field({ label, required, error, hint, children }) {
  return html`
    <div attr-field-id=${label} className="field">
      <${Form.Item} label=${label} required=${required} extra=${hint}
        validateStatus=${error ? 'error' : ''} help=${error}>
        ${children}
      <//>
    </div>`
}

export function TitleField({ product, set, error }) {
  return html`
    <${Field} label="商品标题" required error=${error}>
      <div id="goods-title-wrapper">
        <${Input} id="pg-title-input" placeholder="请输入2-60个字符（1-30个汉字）"
          value=${product.title} onChange=${(event) => set('title', event.target.value)}
          suffix=${html`<span className="counter">${titleLength(product.title)}/60</span>`} />
      </div>
    <//>`
}

// The pictures of one field; `use` tells the server which rules they must keep.
export function PictureField({ label, buttonText, files, onChange, max, use, error, hint }) {
  const { message } = App.useApp()

  function refuse(file) {
    if (!PICTURE_TYPES.includes(file.type)) return '仅支持jpg、jpeg、png格式的图片'
    if (file.size > MAX_BYTES) return '图片大小不能超过5MB'
    return ''
  }

  function beforeUpload(file) {
    const reason = refuse(file)
    if (!reason) return true
    message.error(`${file.name}：${reason}`)
    return Upload.LIST_IGNORE
  }

  async function send({ file, onSuccess, onError }) {
    const answer = await postFile(`/product/img/upload?use=${use}`, file)
    if (answer.code === 0) return onSuccess(answer.data)
    message.error(`${file.name}：${answer.msg}`)
    onError(new Error(answer.msg))
  }

  const withAddress = (file) => (file.response?.url ? { ...file, url: file.response.url } : file)
  const button = html`<div><div className="plus">+</div>${buttonText}</div>`
  return html`
    <${Field} label=${label} required error=${error} hint=${hint}>
      <${Upload} listType="picture-card" multiple accept=".jpg,.jpeg,.png" maxCount=${max}
        fileList=${files} beforeUpload=${beforeUpload} customRequest=${send}
        previewFile=${() => Promise.resolve('')} showUploadList=${{ showPreviewIcon: false }}
        onChange=${({ fileList }) => onChange(fileList.map(withAddress))}>
        ${files.length < max && button}
      <//>
      <span className="counter">（${uploaded(files).length}/${max}）</span>
    <//>`
}

export function CategoryField({ product, set }) {
  const [open, setOpen] = useState(false)
  const choose = (category) => {
    set('category', category)
    setOpen(false)
  }
  return html`
    <${Field} label="商品类目" required>
      <${Button} onClick=${() => setOpen(true)}>手动选择类目<//>
      ${product.category && html`<${ChosenCategory} category=${product.category} />`}
      ${open && html`<${CategoryModal} onChoose=${choose} onClose=${() => setOpen(false)} />`}
    <//>`
}

export const ChosenCategory = ({ category }) => html`
  <span className=${css('style_chosenCategory')}>已选类目：${category.text}</span>`

function itemClass(node, picked) {
  const marks = [css('style_catItem')]
  if (!node.is_leaf) marks.push('branch')
  if (picked?.id === node.id) marks.push('active')
  return marks.join(' ')
}

// A column for each level; clicking a branch opens the next column.
function CategoryModal({ onChoose, onClose }) {
  const [columns, setColumns] = useState([])
  const [path, setPath] = useState([])
  const last = path.at(-1)

  async function openColumn(level, id) {
    const answer = await get('/product/tproduct/categoryOptionsN', { cid: id })
    setColumns((old) => [...old.slice(0, level), answer.data])
  }

  useEffect(() => { openColumn(0, 0) }, [])

  function pick(level, node) {
    setPath([...path.slice(0, level), node])
    setColumns(columns.slice(0, level + 1))
    if (!node.is_leaf) openColumn(level + 1, node.id)
  }

  function confirm() {
    onChoose({ id: last.id, text: path.map((node) => node.name).join(' > ') })
  }

  return html`
    <${Modal} open title="选择商品类目" width=${860} okText="确认" cancelText="取消"
      okButtonProps=${{ disabled: !last?.is_leaf }} onOk=${confirm} onCancel=${onClose}>
      <div className=${css('style_selectTree')}>
        ${columns.map((nodes, level) => html`
          <ul key=${level} className=${css('style_catColumn')}>
            ${nodes.map((node) => html`
              <li key=${node.id} title=${node.name} onClick=${() => pick(level, node)}
                className=${itemClass(node, path[level])}>${node.name}</li>`)}
          </ul>`)}
      </div>
      <div className="chosen-path">当前选择：${path.map((node) => node.name).join(' > ') || '-'}</div>
    <//>`
}
