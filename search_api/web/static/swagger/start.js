"use strict";
// Swagger UI speaks English only: what it writes itself is put into Chinese as it appears.

const words = {
  "Try it out": "试一试", "Try it out ": "试一试", "Execute": "发送", "Clear": "清除", "Cancel": "取消", "Reset": "重置", "Download": "下载",
  "Parameters": "参数", "No parameters": "没有参数", "Name": "名称", "Description": "说明", "Request body": "请求正文",
  "Responses": "应答", "Response body": "应答正文", "Response headers": "应答头", "Server response": "服务器的应答",
  "Response content type": "应答格式", "Request duration": "用时", "Code": "状态码", "Details": "详情", "Links": "链接",
  "No links": "没有链接", "Media type": "格式", "Controls Accept header.": "决定请求头 Accept。", "Example Value": "示例", "Examples": "示例", "Schema": "结构",
  "Schemas": "数据结构", "Request URL": "请求地址", "Curl": "curl 命令", "Successful Response": "成功", "Validation Error": "参数有误",
  "Send empty value": "发送空值", "Add string item": "再加一个值", "* required": "* 必填", "required": "必填", "Loading...": "载入中…",
  "Undocumented": "未写明", "Copy to clipboard": "复制", "Failed to fetch.": "未能连上服务器。", "Expand all": "全部展开", "Collapse all": "全部收起",
};

function translate(node) {
  if (node.nodeType === Node.TEXT_NODE) {
    const said = words[node.data.trim()];
    if (said && node.data !== said) node.data = said;
    return;
  }
  if (node.nodeType !== Node.ELEMENT_NODE || node.closest("pre, code, textarea, input")) return;
  node.childNodes.forEach(translate);
}

window.addEventListener("load", () => {
  const api = document.getElementById("api");
  new MutationObserver((changes) => {
    for (const change of changes) change.type === "characterData" ? translate(change.target) : change.addedNodes.forEach(translate);
  }).observe(api, { childList: true, subtree: true, characterData: true });
  SwaggerUIBundle({ url: "/openapi.json", dom_id: "#api", deepLinking: true, validatorUrl: null, tryItOutEnabled: true, docExpansion: "none", defaultModelsExpandDepth: -1 });
});
