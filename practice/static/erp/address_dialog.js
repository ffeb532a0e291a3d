// 新增退货地址 and 编辑退货地址.

import { computed, nextTick, reactive, ref, watch } from 'vue'
import { RETURNS, post, told } from './kit.js'

const NEW = {
  id: 0, receiver: '', phoneType: 'mobile', mobile: '', landline: '', regionCodes: [], detail: '',
  shopIds: [], isDefault: false, isSendDefault: false, remark: '',
}
const MOBILE = /^1\d{10}$/
const LANDLINE = /^(0\d{2,3}-\d{7,8}(-\d{1,6})?|400\d{7})$/

function valuesOf(address) {
  if (!address.id) return { ...NEW }
  const { id, receiver, phoneType, phone, regionCodes, detail, isDefault, isSendDefault, remark } = address
  const shopIds = address.shops.map((one) => one.shopId)
  const phones = { mobile: '', landline: '', [phoneType]: phone }
  return { id, receiver, phoneType, ...phones, regionCodes, detail, shopIds, isDefault, isSendDefault, remark }
}

const shaped = (shape, message) => ({
  trigger: 'blur',
  validator: (_rule, value, done) => done(!value || shape.test(value) ? undefined : new Error(message)),
})
const needed = (message, trigger = 'blur') => ({ required: true, message, trigger })
const RULES = {
  receiver: [needed('请输入收件人')],
  mobile: [needed('请输入手机号码'), shaped(MOBILE, '手机号码格式不正确')],
  landline: [needed('请输入座机号码'), shaped(LANDLINE, '座机格式不正确，如0571-1234567')],
  regionCodes: [needed('请选择所在地区', 'change')],
  detail: [needed('请输入详细地址')],
}

let tree // the regions of the whole country: asked for when the dialog is first opened

export const AddressDialog = {
  props: ['address', 'shops'],
  emits: ['close', 'saved'],
  setup(props, { emit }) {
    const form = reactive({ ...NEW })
    const [errors, busy, element, regions] = [ref({}), ref(false), ref(null), ref([])]
    const title = computed(() => (form.id ? '编辑退货地址' : '新增退货地址'))
    const open = computed(() => Boolean(props.address))

    watch(() => props.address, async (address) => {
      if (!address) return
      Object.assign(form, valuesOf(address))
      errors.value = {}
      await nextTick()
      element.value?.clearValidate()
      tree ??= (await post(`${RETURNS}/getRegionTree`)).list
      regions.value = tree ?? []
    })

    async function save() {
      errors.value = {}
      if (!(await element.value.validate().catch(() => false))) return
      const { mobile, landline, regionCodes, shopIds, ...rest } = form
      busy.value = true
      const answer = await post(`${RETURNS}/save`, {
        ...rest,
        phone: form.phoneType === 'mobile' ? mobile : landline,
        regionCodes: regionCodes.join(','),
        shopIds: shopIds.join(','),
      })
      busy.value = false
      if (answer.field) {
        const field = answer.field === 'phone' ? form.phoneType : answer.field
        errors.value = { [field]: answer.reason }
      }
      if (!told(answer, '保存成功')) return
      emit('close')
      emit('saved')
    }
    return { form, errors, busy, element, regions, title, open, RULES, save }
  },
  template: `
    <el-dialog :model-value="open" :title="title" width="620" class="pro-dialog J_returnAddressDialog"
      :close-on-click-modal="false" @close="$emit('close')">
      <el-form ref="element" :model="form" :rules="RULES" label-width="96px">
        <el-form-item class="pro-form-item" label="收件人" prop="receiver" :error="errors.receiver">
          <el-input v-model="form.receiver" placeholder="请输入收件人" maxlength="50" /></el-form-item>
        <el-form-item class="pro-form-item" label="电话类型">
          <el-radio-group v-model="form.phoneType" class="pro-radio-group">
            <el-radio value="mobile">手机</el-radio><el-radio value="landline">座机</el-radio>
          </el-radio-group></el-form-item>
        <el-form-item v-if="form.phoneType === 'mobile'" key="mobile" class="pro-form-item"
          label="联系电话" prop="mobile" :error="errors.mobile">
          <el-input v-model="form.mobile" placeholder="请输入手机号码" maxlength="11" /></el-form-item>
        <el-form-item v-else key="landline" class="pro-form-item" label="联系电话" prop="landline"
          :error="errors.landline">
          <el-input v-model="form.landline" placeholder="区号-号码-分机，如0571-1234567" /></el-form-item>
        <el-form-item class="pro-form-item" label="所在地区" prop="regionCodes" :error="errors.regionCodes">
          <el-cascader v-model="form.regionCodes" :options="regions" filterable clearable
            placeholder="请选择省/市/区" popper-class="pro-cascader-popper" /></el-form-item>
        <el-form-item class="pro-form-item" label="详细地址" prop="detail" :error="errors.detail">
          <el-input v-model="form.detail" type="textarea" :rows="2" maxlength="200" show-word-limit
            placeholder="请输入街道、门牌号等详细地址" /></el-form-item>
        <el-form-item class="pro-form-item" label="关联店铺">
          <el-select v-model="form.shopIds" multiple placeholder="请选择店铺"
            popper-class="pro-select-popper">
            <el-option v-for="one in shops" :key="one.shopId" :value="one.shopId" :label="one.shopName" />
          </el-select></el-form-item>
        <el-form-item class="pro-form-item" label="默认地址">
          <el-checkbox v-model="form.isDefault">设为退货默认</el-checkbox>
          <el-checkbox v-model="form.isSendDefault">设为发货默认</el-checkbox></el-form-item>
        <el-form-item class="pro-form-item" label="备注" :error="errors.remark">
          <el-input v-model="form.remark" maxlength="200" placeholder="选填，200字以内" /></el-form-item>
      </el-form>
      <template #footer>
        <el-button class="pro-button" @click="$emit('close')">取消</el-button>
        <el-button class="pro-button J_returnAddressSave" type="primary" :loading="busy"
          @click="save">保存</el-button>
      </template>
    </el-dialog>`,
}
