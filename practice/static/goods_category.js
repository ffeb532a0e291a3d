// 商品类目: suggested from title and picture, or chosen by hand in the tree.

import { css, get, html, useEffect, useRef, useState } from './kit.js'
import { Field } from './goods_fields.js'
import { uploaded } from './goods_product.js'
import { usePart } from './goods_state.js'

const { Button, Modal } = window.antd

const THINKING_MS = 400
const FEW = 3

export function CategoryField({ form }) {
  const [open, setOpen] = useState(false)
  const category = usePart(form, 'category')
  const choose = (chosen) => {
    form.set('category', chosen)
    setOpen(false)
  }
  return html`
    <${Field} form=${form} label="商品类目" required>
      <${Suggestions} form=${form} chosen=${category} onChoose=${choose} />
      <${Button} onClick=${() => setOpen(true)}>手动选择类目<//>
      ${category && html`<${ChosenCategory} category=${category} />`}
      ${open && html`<${CategoryModal} onChoose=${choose} onClose=${() => setOpen(false)} />`}
    <//>`
}

export const ChosenCategory = ({ category }) => html`
  <span className=${css('style_chosenCategory')}>已选类目：${category.text}</span>`

// The server is asked a moment after the last key; without title and picture it has nothing to say.
function useSuggestions(form) {
  const title = usePart(form, 'title')
  const pic = uploaded(usePart(form, 'pic')).map((file) => file.response.id).join(',')
  const [found, setFound] = useState([])
  useEffect(() => {
    if (!title.trim() || !pic) return setFound([])
    let stale = false
    const timer = setTimeout(async () => {
      const answer = await get('/product/tproduct/predictCategoryN', { title, pic })
      if (!stale && answer.code === 0) setFound(answer.data)
    }, THINKING_MS)
    return () => {
      stale = true
      clearTimeout(timer)
    }
  }, [title, pic])
  return found
}

function Suggestions({ form, chosen, onChoose }) {
  const found = useSuggestions(form)
  const [all, setAll] = useState(false)
  if (!found.length) return null
  const chip = (one) => html`
    <span key=${one.id} title=${one.text} onClick=${() => onChoose({ id: one.id, text: one.text })}
      className=${`${css('style_item')} ${one.id === chosen?.id ? css('style_itemSelected') : ''}`}>
      ${one.text}
    </span>`
  return html`
    <div className=${css('style_recommendContainer')}>
      <span className="quiet">推荐类目</span>
      ${(all ? found : found.slice(0, FEW)).map(chip)}
      ${!all && found.length > FEW && html`
        <${Button} type="link" size="small" onClick=${() => setAll(true)}>更多推荐<//>`}
    </div>`
}

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
  const question = useRef(0) // an answer to an older click must not fill a column

  async function openColumn(level, id) {
    const mine = ++question.current
    const answer = await get('/product/tproduct/categoryOptionsN', { cid: id })
    if (mine !== question.current || answer.code !== 0) return
    setColumns((old) => [...old.slice(0, level), answer.data])
  }

  useEffect(() => { openColumn(0, 0) }, [])

  function pick(level, node) {
    setPath([...path.slice(0, level), node])
    setColumns(columns.slice(0, level + 1))
    question.current += 1
    if (!node.is_leaf) openColumn(level + 1, node.id)
  }

  function confirm() {
    onChoose({ id: last.id, text: path.map((node) => node.name).join(' > ') })
  }

  return html`
    <${Modal} open title="选择商品类目" width=${860} okText="确认" cancelText="取消"
      getContainer="#__ffa-goods-popup-container__"
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
