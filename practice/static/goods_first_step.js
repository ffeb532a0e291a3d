// The first step of a new product: main pictures, title and category, then 下一步.

import { html } from './kit.js'
import { CategoryField, PictureField, TitleField } from './goods_fields.js'
import { MAX_MAIN, titleLength, uploaded } from './goods_product.js'

const { Button, Card, Form } = window.antd

export function FirstStep({ product, set, nextStep }) {
  const length = titleLength(product.title)
  const ready = uploaded(product.pic).length && product.category && length >= 2 && length <= 60
  return html`
    <div className="page narrow">
      <div className="page-title"><h2>商品创建</h2></div>
      <${Card} className="card" title="选择商品类目"
        extra=${html`<span className="quiet">上传主图并填写标题后，选择类目进入下一步</span>`}>
        <${Form} component=${false} labelCol=${{ flex: '108px' }} colon=${false}>
          <${PictureField} label="主图" buttonText="商品正面图" files=${product.pic} max=${MAX_MAIN}
            use="main" onChange=${(files) => set('pic', files)}
            hint="宽高比1:1，至少600×600，jpg/jpeg/png，不超过5MB" />
          <${TitleField} product=${product} set=${set} />
          <${CategoryField} product=${product} set=${set} />
        <//>
        <div className="first-step-bar">
          <${Button} type="primary" size="large" disabled=${!ready} onClick=${nextStep}>下一步<//>
        </div>
      <//>
    </div>`
}
