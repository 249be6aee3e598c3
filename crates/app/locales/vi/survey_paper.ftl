# Phiếu bìa của lô phiếu giấy.

paper-cover-title = Phiếu bìa lô phiếu điều tra
paper-cover-form = Mẫu phiếu
paper-cover-rated = Đánh giá
paper-cover-many = { $many } cơ quan, đơn vị (mỗi phiếu đánh giá tất cả)
paper-cover-serials = Số sê-ri
paper-cover-from-to = từ { $first } đến { $last }
paper-cover-sheets = Số phiếu in
paper-cover-printed = Lập ngày
paper-cover-printed-by = { $day }, { $by }
paper-cover-counts = Cân đối số phiếu (phát ra = thu về + hỏng + mất + chưa thu về)
paper-cover-count-printed = In
paper-cover-count-returned = Thu về
paper-cover-count-spoiled = Hỏng
paper-cover-count-lost = Mất
paper-cover-count-outstanding = Chưa thu về
paper-cover-signed = Bàn giao và xử lý
paper-cover-column-step = Việc
paper-cover-column-day = Ngày
paper-cover-column-sheets = Số phiếu
paper-cover-column-name = Họ và tên
paper-cover-column-signature = Ký
paper-cover-step-out = Phát phiếu
paper-cover-step-in = Nhận phiếu về
paper-cover-step-first = Nhập lần 1
paper-cover-step-second = Nhập lần 2 (người khác)
paper-cover-step-third = Đối chiếu, quyết định chỗ khác
paper-cover-step-close = Đóng lô, lưu phiếu
paper-cover-rule-blind = Hai người nhập độc lập, không xem bản nhập của nhau; người thứ ba chưa nhập phiếu đó quyết định chỗ khác nhau.
paper-cover-rule-names = Không ghi tên người nhận phiếu cạnh số sê-ri; trộn phiếu trước khi phát và trước khi nhập.
paper-cover-rule-spoiled = Phiếu hỏng hoặc mất: ghi số sê-ri và lý do vào phần mềm, giữ phiếu hỏng trong lô.
