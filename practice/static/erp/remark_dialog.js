// 备注 of a product.

import { computed, ref, watch } from 'vue'
import { BOX, post, told } from './kit.js'

export const RemarkDialog = {
  props: ['item'],
  emits: ['close', 'saved'],
  setup(props, { emit }) {
    const [remark, busy] = [ref(''), ref(false)]
    const open = computed(() => Boolean(props.item))
    watch(() => props.item, (item) => { if (item) remark.value = item.remark })

    async function save() {
      busy.value = true
      const answer = await post(`${BOX}/remark`, { id: props.item.id, remark: remark.value })
      busy.value = false
      if (!told(answer, '保存成功')) return
      emit('close')
      emit('saved')
    }
    return { remark, busy, open, save }
  },
  template: `
    <el-dialog :model-value="open" title="备注" width="480" class="pro-dialog" @close="$emit('close')">
      <el-input v-model="remark" type="textarea" :rows="3" maxlength="200" show-word-limit
        placeholder="请输入备注" />
      <template #footer>
        <el-button class="pro-button" @click="$emit('close')">取消</el-button>
        <el-button class="pro-button" type="primary" :loading="busy" @click="save">保存</el-button>
      </template>
    </el-dialog>`,
}
