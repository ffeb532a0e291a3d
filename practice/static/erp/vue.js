// What modules import as "vue": the one Vue that Element Plus uses too. Taken out before the
// sub-app brings its own, older Vue under the same global name.

export const {
  Fragment, computed, createApp, createBlock, createCommentVNode, createElementBlock, createSlots,
  createVNode, defineComponent, effectScope, getCurrentInstance, guardReactiveProps, inject, markRaw,
  mergeProps, nextTick, normalizeClass, normalizeProps, normalizeStyle, onActivated,
  onBeforeUnmount, onBeforeUpdate, onDeactivated, onMounted, onUnmounted, openBlock, provide,
  reactive, ref, renderList, renderSlot, resolveDynamicComponent, shallowReactive, shallowRef,
  toHandlers, toValue, unref, watch, withCtx, withDirectives,
} = window.Vue
