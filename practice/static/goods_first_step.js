// The first step of a new product: main pictures, title and category, then 下一步.

import { html } from './kit.js'
import { CategoryField } from './goods_category.js'
import { TitleField } from './goods_fields.js'
import { MainPictures } from './goods_pictures.js'
import { titleLength, uploaded } from './goods_product.js'
import { usePart } from './goods_state.js'

const { Button, Card, Form } = window.antd

function NextButton({ form, onClick }) {
  const length = titleLength(usePart(form, 'title'))
  const pictures = uploaded(usePart(form, 'pic')).length
  const category = usePart(form, 'category')
  const ready = pictures && category && length >= 2 && length <= 60
  return html`<${Button} type="primary" size="large" disabled=${!ready} onClick=${onClick}>下一步<//>`
}

export const FirstStep = ({ form, nextStep }) => html`
  <div className="page narrow">
    <div className="page-title"><h2>商品创建</h2></div>
    <${Card} className="card" title="选择商品类目"
      extra=${html`<span className="quiet">上传主图并填写标题后，选择类目进入下一步</span>`}>
      <${Form} component=${false} labelCol=${{ flex: '108px' }} wrapperCol=${{ flex: '1 1 0' }}
        colon=${false}>
        <${MainPictures} form=${form} />
        <${TitleField} form=${form} />
        <${CategoryField} form=${form} />
      <//>
      <div className="first-step-bar"><${NextButton} form=${form} onClick=${nextStep} /></div>
    <//>
  </div>`
