// 关联退货地址: ties products to a return address, or to none.

import { computed, ref, watch } from 'vue'
import { BOX, ElMessageBox, RETURNS, post, told } from './kit.js'

const TIED_ALREADY = 40004

export const RelateDialog = {
  props: ['items'],
  emits: ['close', 'saved'],
  setup(props, { emit }) {
    const [addressId, options, busy] = [ref(''), ref([]), ref(false)]
    const open = computed(() => props.items.length > 0)

    watch(() => props.items, async (items) => {
      if (!items.length) return
      addressId.value = items.length === 1 ? items[0].addressId || '' : ''
      options.value = (await post(`${RETURNS}/getOptions`)).list ?? []
    })

    const ask = (replace) => post(`${BOX}/relateReturnAddress`, {
      ids: props.items.map((one) => one.id).join(','),
      addressId: addressId.value || 0,
      replace,
    })
    const sure = (words) =>
      ElMessageBox.confirm(words, '提示', { type: 'warning' }).then(() => true, () => false)

    async function save() {
      busy.value = true
      let answer = await ask(false)
      busy.value = false
      if (answer.code === TIED_ALREADY) {
        if (!(await sure(answer.reason))) return
        answer = await ask(true)
      }
      if (!told(answer, '关联成功')) return
      emit('close')
      emit('saved')
    }
    return { addressId, options, busy, open, save }
  },
  template: `
    <el-dialog :model-value="open" title="关联退货地址" width="600" class="pro-dialog"
      :close-on-click-modal="false" @close="$emit('close')">
      <ul class="relate-items">
        <li v-for="one in items.slice(0, 5)" :key="one.id">{{ one.title }}
          <span class="quiet">采集箱产品ID：{{ one.id }}</span></li>
        <li v-if="items.length > 5" class="quiet">等{{ items.length }}个产品</li>
      </ul>
      <el-form label-width="80px" @submit.prevent>
        <el-form-item class="pro-form-item" label="退货地址">
          <el-select v-model="addressId" filterable clearable placeholder="请选择或输入搜索"
            popper-class="pro-select-popper">
            <el-option v-for="one in options" :key="one.id" :value="one.id" :label="one.label" />
          </el-select></el-form-item>
      </el-form>
      <template #footer>
        <el-button class="pro-button" @click="$emit('close')">取消</el-button>
        <el-button class="pro-button" type="primary" :loading="busy" @click="save">确定</el-button>
      </template>
    </el-dialog>`,
}
